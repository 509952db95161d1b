/** The door for tests of clients: a server on this machine that answers as a provider's documentation says. */
export { type ReceivedRequest, type ServerAnswer, startServer, type TestServer } from "./startServer.ts"
