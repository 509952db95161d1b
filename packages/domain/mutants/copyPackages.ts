import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"

const PACKAGES = ["packages/domain", "packages/adapters/omise", "packages/adapters/univapay"]

/** A copy of the packages in a temporary folder, in which sources may be broken. Dependencies are linked; packages of ours are linked to the copy. */
export function copyPackages(root: string): string {
  const copy = realpathSync(mkdtempSync(`${tmpdir()}/payfold-mutants-`))
  for (const file of ["package.json", "tsconfig.base.json", "tsconfig.json", "vitest.config.ts"]) {
    if (existsSync(`${root}/${file}`)) cpSync(`${root}/${file}`, `${copy}/${file}`)
  }
  symlinkSync(`${root}/node_modules`, `${copy}/node_modules`)
  for (const folder of [...PACKAGES, "docs"].filter(name => existsSync(`${root}/${name}`))) {
    cpSync(`${root}/${folder}`, `${copy}/${folder}`, {
      recursive: true,
      filter: path => !/[\\/](node_modules|dist)$/.test(path),
    })
    linkDependencies(root, copy, folder)
  }
  return copy
}

function linkDependencies(root: string, copy: string, folder: string): void {
  const from = `${root}/${folder}/node_modules`
  if (!existsSync(from)) return
  for (const name of readdirSync(from).filter(entry => !entry.startsWith("."))) {
    const inside = name.startsWith("@") ? readdirSync(`${from}/${name}`).map(entry => `${name}/${entry}`) : [name]
    for (const dependency of inside) {
      const target = realpathSync(`${from}/${dependency}`)
      const own = PACKAGES.find(path => target === realpathSync(`${root}/${path}`))
      const link = `${copy}/${folder}/node_modules/${dependency}`
      mkdirSync(link.slice(0, link.lastIndexOf("/")), { recursive: true })
      if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(own === undefined ? target : `${copy}/${own}`, link)
    }
  }
}
