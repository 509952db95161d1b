import { posix } from "node:path"
import { describe, expect, it } from "vitest"
import {
  codeOf,
  importsOf,
  isBelow,
  placesOf,
  type RepositoryFile,
  repositoryFiles,
  sources,
} from "./tidy/repository.ts"

/** The rules of the house that a machine can check, over every file of the repository. This file and its examples name what they forbid. */
const notTheRules = ({ path }: RepositoryFile) => !path.startsWith("packages/domain/test/tidy")
const others = sources.filter(notTheRules)
const productCode = others.filter(({ path }) => /^packages\/(adapters\/)?[^/]+\/src\//.test(path))
const domain = others.filter(isBelow("packages/domain/src"))

describe("names", () => {
  it("say what is inside: no drawer for anything", () => {
    const drawer = /(^|\/)(utils?|helpers?|common|shared|types|constants|lib|misc)(\.[^/]*)?(\/|$)/i
    expect(repositoryFiles.map(({ path }) => path).filter(path => drawer.test(path))).toEqual([])
  })

  it("are no patterns: Manager, Handler, Processor, Base…, …Impl, …Data", () => {
    const pattern = /^(Base[A-Z].*|.*(Manager|Handler|Processor|Impl|Data))\.ts$/
    expect(sources.map(({ path }) => path).filter(path => pattern.test(posix.basename(path)))).toEqual([])
    expect(
      placesOf(/\b(class|interface|type) (Base[A-Z]\w*|\w+(Manager|Handler|Processor|Impl|Data))\b/, others),
    ).toEqual([])
  })

  it("of folders are in kebab-case", () => {
    const folders = new Set(sources.flatMap(({ path }) => posix.dirname(path).split("/")))
    expect([...folders].filter(folder => !/^\.?[a-z0-9]+(-[a-z0-9]+)*$/.test(folder) && folder !== ".")).toEqual([])
  })
})

describe("a source", () => {
  it("has at most 400 lines", () => {
    const long = sources.filter(({ text }) => text.split("\n").length > 401)
    expect(long.map(({ path }) => path)).toEqual([])
  })

  it("puts nothing off", () => {
    expect(placesOf(/\b(TODO|FIXME|XXX|HACK)\b/, others)).toEqual([])
  })

  it("does not switch the compiler off", () => {
    expect(placesOf(/\bas any\b|@ts-(ignore|nocheck)|biome-ignore-all/, others.map(codeOf))).toEqual([])
    expect(placesOf(/@ts-(ignore|nocheck)|biome-ignore-all/, others)).toEqual([])
  })

  it("has no `any`, but where a line above says why", () => {
    const unexplained = others.flatMap(file => {
      const lines = file.text.split("\n")
      const isExplained = (index: number) =>
        /biome-ignore lint\/suspicious\/noExplicitAny: \S+/.test(lines[index - 1] ?? "")
      const code = codeOf(file).text.split("\n")
      return code.flatMap((line, index) =>
        /[:<,]\s*any\b(?!\w)/.test(line) && !isExplained(index) ? [`${file.path}:${index + 1} ${line.trim()}`] : [],
      )
    })
    expect(unexplained).toEqual([])
  })

  it("says why where it suppresses a check", () => {
    expect(placesOf(/(@ts-expect-error|biome-ignore \S+?:?)\s*$/, others)).toEqual([])
  })

  it("says why where it asserts a type", () => {
    expect(productCode.flatMap(unexplainedAssertions)).toEqual([])
  })

  it("holds no list of exports, but for the doors that package.json names", () => {
    const doors = new Set(repositoryFiles.filter(({ path }) => path.endsWith("package.json")).flatMap(doorsOf))
    const barrels = others.filter(({ path, text }) => isBarrel(text) && !doors.has(path))
    expect(barrels.map(({ path }) => path)).toEqual([])
    expect(
      placesOf(
        /^export \* from/,
        others.filter(({ path }) => !doors.has(path)),
      ),
    ).toEqual([])
  })
})

describe("a test", () => {
  const tests = others.filter(({ path }) => /\.test(-d)?\.ts$/.test(path))

  it("always runs", () => {
    expect(placesOf(/\b(it|test|describe|suite)\.(only|skip|skipIf|runIf|todo|fails)\b/, tests)).toEqual([])
  })

  it("replaces nothing of ours, retries nothing and waits for nothing", () => {
    expect(
      placesOf(
        /\bvi\.(mock|doMock|fn|spyOn|stub\w+|useFakeTimers)\b|\bretry:|toMatch(Inline)?Snapshot|toMatchFileSnapshot/,
        tests,
      ),
    ).toEqual([])
  })
})

describe("arrows run one way:", () => {
  const imports = others.flatMap(file => importsOf(file).map(from => ({ path: file.path, from })))
  const packageOf = (path: string) => /^packages\/(adapters\/[^/]+|[^/]+)/.exec(path)?.[0] ?? ""

  it("no package reaches into another by a path", () => {
    const reaching = imports.filter(({ path, from }) => {
      if (!from.startsWith(".")) return false
      const target = posix.join(posix.dirname(path), from)
      return path.startsWith("packages/") && packageOf(target) !== packageOf(path)
    })
    expect(reaching).toEqual([])
  })

  it.each([
    ["packages/domain", /^@payfold\/(?!domain(\/testing)?$)/],
    ["packages/adapters/provider-http", /^@payfold\/(?!domain(\/testing)?$)/],
    ["packages/adapters/omise", /^@payfold\/(app|univapay)/],
    ["packages/adapters/univapay", /^@payfold\/(app|omise)/],
  ])("%s imports nothing above or beside it", (folder, forbidden) => {
    expect(imports.filter(({ path, from }) => path.startsWith(`${folder}/`) && forbidden.test(from))).toEqual([])
  })

  it("product code imports no testing kit, and no test", () => {
    const forbidden = /\/testing(\/|$)|\/test\/|^(vitest|fast-check)$/
    expect(imports.filter(({ path, from }) => path.includes("/src/") && forbidden.test(from))).toEqual([])
  })
})

describe("the domain", () => {
  it("imports relative files and stable effect modules, nothing else", () => {
    const strange = domain.flatMap(file =>
      importsOf(file).filter(from => !/^(\.{1,2}\/.*\.ts|effect|effect\/[A-Z]\w*)$/.test(from)),
    )
    expect(strange).toEqual([])
  })

  it("and every translation read no clock, no chance, no environment, and do no I/O", () => {
    const translation = productCode.filter(({ path }) =>
      /^packages\/adapters\/[^/]+\/src\/.*(translate|wire|charge)/i.test(path),
    )
    const impure =
      /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.|\bperformance\.|\bcrypto\.|\bsetTimeout\b|\bfetch\(/
    expect(placesOf(impure, [...domain, ...translation].map(codeOf))).toEqual([])
  })

  it.each(["PaymentEvent", "PaymentMethod", "Instructions"])("says of %s that it is stored for ever", name => {
    const [text] = domain.filter(({ path }) => path.endsWith(`/${name}.ts`)).map(file => file.text)
    const docstring = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export const ${name} =`).exec(text ?? "")?.[1]
    const sentence = (docstring ?? "").replaceAll(/\s*\n \* ?/g, " ")
    expect(sentence).toContain(
      "Stored for ever: never rename, retype or change the meaning; add a version and teach `upcast`.",
    )
  })
})

describe("the repository", () => {
  it("names no machine's paths and no registry", () => {
    const machine =
      /(^|[\s"'`(=:])\/(work|home|Users|root)\/|\.\.\/shared\b|[a-z0-9.-]*registry\.[a-z]+\.[a-z]{2,}|verdaccio|artifactory/i
    expect(placesOf(machine, repositoryFiles.filter(notTheRules))).toEqual([])
  })
})

/** Lines with a type assertion that no comment explains, neither near it nor above the declaration it stands in. */
function unexplainedAssertions(file: RepositoryFile): ReadonlyArray<string> {
  const lines = file.text.split("\n")
  return codeOf(file)
    .text.split("\n")
    .flatMap((line, index) => {
      const isRenaming = /^\s*(import|export)\b|^\s*(type )?\w+ as \w+,?$|\[\w+ in keyof/.test(line)
      if (isRenaming || !/[\w)\]}"'`] as (?!const\b)[\w({"'`]/.test(line)) return []
      const declaration = lines.slice(0, index).findLastIndex(above => above.startsWith("}"))
      const isExplained = lines.slice(declaration + 1, index + 1).some(near => /\/\/|\*\//.test(near))
      return isExplained ? [] : [`${file.path}:${index + 1} ${line.trim()}`]
    })
}

/** Does a file do nothing but pass on other files' exports? */
function isBarrel(text: string): boolean {
  const code = codeOf({ path: "", text }).text.trim()
  return code !== "" && code.replaceAll(/export\s+(type\s+)?(\*|\{[^}]*\})\s+from\s+""/g, "").trim() === ""
}

/** The sources that a package opens to others. */
function doorsOf({ path, text }: RepositoryFile): ReadonlyArray<string> {
  const manifest: unknown = JSON.parse(text)
  if (typeof manifest !== "object" || manifest === null || !("exports" in manifest)) return []
  const doors = manifest.exports
  if (typeof doors !== "object" || doors === null) return []
  return Object.values(doors).flatMap(door => (typeof door === "string" ? [posix.join(posix.dirname(path), door)] : []))
}
