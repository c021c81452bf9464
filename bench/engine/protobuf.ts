// Protocol buffers, as much of writing them as an ONNX model needs: numbered fields of whole numbers, floats, bytes and messages.

type Field = Uint8Array;

const utf8 = new TextEncoder();

/** A whole number of up to 53 bits, seven bits a byte, the lowest first. Negative ones (dimensions left open) are two's complement of 64 bits. */
function varint(value: number): number[] {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

const tag = (field: number, wire: number) => varint(field * 8 + wire);

export const whole = (field: number, value: number): Field => Uint8Array.from([...tag(field, 0), ...varint(value)]);
export const wholes = (field: number, values: readonly number[]): Field[] => values.map((value) => whole(field, value));
export const float = (field: number, value: number): Field =>
  Uint8Array.from([...tag(field, 5), ...new Uint8Array(Float32Array.of(value).buffer)]);
export const bytes = (field: number, value: Uint8Array): Field =>
  joined([Uint8Array.from([...tag(field, 2), ...varint(value.length)]), value]);
export const text = (field: number, value: string): Field => bytes(field, utf8.encode(value));
export const message = (field: number, parts: readonly Field[]): Field => bytes(field, joined(parts));

/** All fields of a message, one after the other. */
export function joined(parts: readonly Field[]): Uint8Array<ArrayBuffer> {
  const found = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (found.set(part, at), at + part.length), 0);
  return found;
}
