using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Laminar;

/// <summary>
/// Turns UTF-8 into strings and hands out the same string for the same bytes where it still has it, so that a column with few distinct
/// texts allocates nothing per row. Bounded: at most <see cref="MaxEntries"/> texts of <see cref="MaxBytes"/> each; at the limit a new text
/// takes the place of an old one, and longer texts are decoded every time. Not thread-safe: one per column and reader.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TextCache
{
    /// <summary>Texts kept at most.</summary>
    public const int MaxEntries = 65_536;

    /// <summary>The longest text kept, in bytes.</summary>
    public const int MaxBytes = 64;

    private const int Probes = 4;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private Entry[] _entries = new Entry[256];
    private int _count;

    /// <summary>Texts held now.</summary>
    public int Count => _count;

    /// <summary>One cache per text column, null for the others.</summary>
    public static TextCache?[] PerColumn(RowSchema schema)
    {
        var caches = new TextCache?[schema.Columns.Count];
        for (int i = 0; i < caches.Length; i++)
        {
            caches[i] = schema.Columns[i].Type is ColumnType.Text or ColumnType.Json ? new TextCache() : null;
        }

        return caches;
    }

    /// <summary>The text of these bytes.</summary>
    /// <exception cref="DecoderFallbackException">Not UTF-8.</exception>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length == 0)
        {
            return string.Empty;
        }

        if (utf8.Length > MaxBytes)
        {
            return Strict.GetString(utf8);
        }

        uint hash = Hash(utf8);
        Entry[] entries = _entries;
        uint mask = (uint)entries.Length - 1;
        for (uint i = 0; i < Probes; i++)
        {
            ref Entry entry = ref entries[(hash + i) & mask];
            if (entry.Text is null)
            {
                break;
            }

            if (entry.Hash == hash && Same(in entry, utf8))
            {
                return entry.Text;
            }
        }

        return Add(utf8, hash);
    }

    private static bool Same(in Entry entry, ReadOnlySpan<byte> utf8) =>
        entry.Bytes is null
            ? entry.Text!.Length == utf8.Length && Ascii.Equals(utf8, entry.Text)
            : utf8.SequenceEqual(entry.Bytes);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private string Add(ReadOnlySpan<byte> utf8, uint hash)
    {
        string text = Strict.GetString(utf8);
        if (_count * 2 >= _entries.Length && _entries.Length < MaxEntries)
        {
            Grow();
        }

        Insert(new Entry { Hash = hash, Text = text, Bytes = text.Length == utf8.Length ? null : utf8.ToArray() });
        return text;
    }

    private void Insert(in Entry added)
    {
        uint mask = (uint)_entries.Length - 1;
        for (uint i = 0; i < Probes; i++)
        {
            ref Entry entry = ref _entries[(added.Hash + i) & mask];
            if (entry.Text is null)
            {
                entry = added;
                _count++;
                return;
            }
        }

        _entries[(added.Hash + ((added.Hash >> 16) % Probes)) & mask] = added;
    }

    private void Grow()
    {
        Entry[] old = _entries;
        _entries = new Entry[old.Length * 4];
        _count = 0;
        foreach (Entry entry in old)
        {
            if (entry.Text is not null)
            {
                Insert(in entry);
            }
        }
    }

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length * 0x9E3779B97F4A7C15UL;
        while (bytes.Length >= 8)
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(bytes)) * 0xD6E8FEB86659FD93UL;
            hash ^= hash >> 32;
            bytes = bytes[8..];
        }

        ulong tail = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            tail |= (ulong)bytes[i] << (i * 8);
        }

        hash = (hash ^ tail) * 0xD6E8FEB86659FD93UL;
        return (uint)(hash >> 32) ^ BitOperations.RotateLeft((uint)hash, 7);
    }

    private struct Entry
    {
        public uint Hash;
        public string? Text;
        public byte[]? Bytes;
    }
}
