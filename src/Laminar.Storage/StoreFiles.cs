using System.Globalization;

namespace Laminar.Storage;

/// <summary>The names of a store's files.</summary>
internal static class StoreFiles
{
    internal const string LockFile = "LOCK";
    internal const string Temporary = ".tmp";

    internal static string Segment(int core, long segment) => string.Create(CultureInfo.InvariantCulture, $"wal-{core:D4}-{segment:D12}.log");

    internal static string Snapshot(int core, long epoch) => string.Create(CultureInfo.InvariantCulture, $"snapshot-{core:D4}-{epoch:D19}.lam");

    internal static string Manifest(long epoch) => string.Create(CultureInfo.InvariantCulture, $"manifest-{epoch:D19}.lam");

    internal static bool TryParseSegment(string name, out int core, out long segment) => TryParse(name, "wal-", ".log", out core, out segment);

    internal static bool TryParseSnapshot(string name, out int core, out long epoch) => TryParse(name, "snapshot-", ".lam", out core, out epoch);

    internal static bool TryParseManifest(string name, out long epoch)
    {
        epoch = 0;
        return name.StartsWith("manifest-", StringComparison.Ordinal)
            && name.EndsWith(".lam", StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(9, name.Length - 13), NumberStyles.None, CultureInfo.InvariantCulture, out epoch);
    }

    private static bool TryParse(string name, string prefix, string suffix, out int core, out long number)
    {
        core = 0;
        number = 0;
        if (!name.StartsWith(prefix, StringComparison.Ordinal) || !name.EndsWith(suffix, StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> middle = name.AsSpan(prefix.Length, name.Length - prefix.Length - suffix.Length);
        int dash = middle.IndexOf('-');
        return dash > 0
            && int.TryParse(middle[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out core)
            && long.TryParse(middle[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
