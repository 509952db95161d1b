/** The door of what the providers' clients share: requests, settings, failures, and the sending of them. */
export { type Answer, decodeAnswer } from "./Answer.ts"
export { makeProviderHttp, type ProviderHttp } from "./makeProviderHttp.ts"
export { type CheckedId, checkedId, IdRefused, type Path, path } from "./Path.ts"
export {
  AnswerUnusable,
  CredentialsRefused,
  NotFound,
  OutcomeUnknown,
  type ProviderFailure,
  ProviderUnavailable,
  RateLimited,
  RequestRefused,
} from "./ProviderFailure.ts"
export type { AnswerHeaders, ProviderRequest, RequestBody } from "./ProviderRequest.ts"
export { type HttpSettings, SettingsRefused } from "./settings.ts"
