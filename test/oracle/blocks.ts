/** Blocks of addresses as texts of bits, for oracles: one lies in another whose text its own begins with. */

/** The family, as one letter, and then the fixed bits. */
export function bits(cidr: string): string {
  const [address, length] = cidr.split('/') as [string, string];
  const isSix = address.includes(':');
  const all = (isSix ? groups(address) : address.split('.').map(Number)).map((number) =>
    number.toString(2).padStart(isSix ? 16 : 8, '0'),
  );
  return (isSix ? '6' : '4') + all.join('').slice(0, Number(length));
}

/** The eight numbers of an IPv6 address; what `::` leaves out is zero. */
function groups(address: string): readonly number[] {
  const [before, after = []] = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const written = [...(before as string[]), ...after];
  const zeros = Array<string>(address.includes('::') ? 8 - written.length : 0).fill('0');
  return [...(before as string[]), ...zeros, ...after].map((group) => Number.parseInt(group, 16));
}
