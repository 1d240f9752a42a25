namespace Laminar.Storage;

/// <summary>
/// Tells a write that was cut short by a crash from damage. A disk writes sectors of 512 bytes whole or not at all, and a segment is zero
/// where nothing was written; so a torn record ends in zeros, ends with the file, or lacks whole sectors. Damage leaves the marks in place.
/// A payload that holds a zero sector itself can't be told apart; then the record counts as torn, which is logged.
/// </summary>
internal static class TornWrite
{
    private const int SectorBytes = 512;

    /// <param name="offset">Where the bytes lie in the file.</param>
    /// <param name="bytes">The header or record, as far as the file goes.</param>
    /// <param name="expected">How long it should be. Its last byte as written is never zero.</param>
    internal static bool LooksTorn(long offset, ReadOnlySpan<byte> bytes, int expected)
    {
        if (bytes.Length < expected || bytes[expected - 1] == 0)
        {
            return true;
        }

        int position = 0;
        while (position < expected)
        {
            int end = (int)Math.Min(expected, position + SectorBytes - ((offset + position) % SectorBytes));
            if (bytes[position..end].IndexOfAnyExcept((byte)0) < 0)
            {
                return true;
            }

            position = end;
        }

        return false;
    }
}
