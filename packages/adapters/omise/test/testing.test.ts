import { DEFAULT_TRANSLATE_SETTINGS } from "@payfold/domain"
import { describe, expect, it } from "vitest"
import { translate } from "../src/translate.ts"
import { omiseStory } from "../testing/Testing.ts"

describe("a story by its seed", () => {
  it("is the same every time, and another for another seed", () => {
    expect(omiseStory(7)).toEqual(omiseStory(7))
    expect(omiseStory(7)).not.toEqual(omiseStory(8))
  })

  it("is made of JSON, so that it can be printed and sent", () => {
    for (let seed = 0; seed < 50; seed++) {
      const { snapshots } = omiseStory(seed)
      expect(JSON.parse(JSON.stringify(snapshots))).toEqual(snapshots)
      for (const { body } of snapshots)
        expect(translate(body, DEFAULT_TRANSLATE_SETTINGS)[0]._tag).not.toBe("Unreadable")
    }
  })
})
