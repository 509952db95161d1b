/** Bodies that a careless store changes, refuses or chokes on; `name` makes each the only one of its kind. Bytes, not text. */
export const hostileBodies: Readonly<Record<string, (name: string) => Uint8Array>> = {
  ordinary: name => Buffer.from(`{"object":"charge","id":"${name}"}`),
  "NUL, escaped and bare": name => Buffer.from(`{"id":"${name}","a":"\\u0000","b":"\0"}`),
  "lone surrogates, escaped and as bytes": name =>
    Buffer.concat([
      Buffer.from(`{"id":"${name}","a":"\\ud800","b":"`),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from('"}'),
    ]),
  "invalid UTF-8": name => Buffer.concat([Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xf5]), Buffer.from(name)]),
  "duplicate keys": name => Buffer.from(`{"id":"${name}","id":"${name}","amount":1,"amount": 2}`),
  "100,000 levels deep": name => Buffer.from(`${"[".repeat(100_000)}"${name}"${"]".repeat(100_000)}`),
  "300 kB": name => Buffer.from(`{"id":"${name}","a":"${"é".repeat(150_000)}"}`),
  "not JSON": name => Buffer.from(`id=${name}&a=%00\r\n\t`),
}
