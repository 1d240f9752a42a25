using Laminar.Linux;
using Microsoft.Extensions.Logging;

namespace Laminar.Storage;

/// <summary>
/// Checks one core's log behind a barrier, record by record, and cuts its torn end. A record that was durable and isn't right any more is
/// <see cref="CorruptStateException"/>: it was durable if a later record says so, or if its bytes don't look like a torn write.
/// </summary>
internal sealed class WalRecovery(IDevice device, string directory, int core, ILogger logger)
{
    private long _expected;
    private long _highestEpoch;
    private long _durable;

    /// <param name="from">The recovered barrier.</param>
    /// <param name="existing">The segments that exist, ascending.</param>
    internal WalTail Run(WalPosition from, IReadOnlyList<long> existing)
    {
        _expected = from.Sequence + 1;
        _durable = from.Sequence;
        if (from.Segment == 0 && existing.Count == 0)
        {
            return new WalTail([], 0, 0, 1);
        }

        // Without a barrier the log starts at its first segment, whatever its number; that nothing lies before it is checked by its sequence.
        long first = from.Segment == 0 ? existing[0] : from.Segment;
        List<long> segments = existing.Where(s => s >= first).ToList();
        long next = Math.Max(existing.Count == 0 ? 0 : existing[^1], from.Segment) + 1;
        if (segments.Count == 0 || segments[0] != first)
        {
            throw new CorruptStateException(
                PathOf(first), 0, $"the segment is missing, and the records of core {core} behind sequence {from.Sequence} with it. Restore it from a copy.");
        }

        var used = new List<long>();
        for (int i = 0; i < segments.Count; i++)
        {
            using SegmentFile file = Open(segments[i]);
            long start = i == 0 && from.Segment > 0 ? from.Offset : 0;
            if (start > file.Length)
            {
                throw new CorruptStateException(
                    file.Path, file.Length, $"it ends there, before byte {start} that the manifest names. Restore the file from a copy.");
            }

            bool readable = Scan(file, segments[i], start, out long end);
            if (!readable || i + 1 == segments.Count || !GoesOn(segments[i + 1]))
            {
                RefuseIfDurable(file, segments[i], end, segments.Skip(i + 1));
                bool keep = end > WalFormat.SegmentHeaderBytes;
                if (keep)
                {
                    Cut(file, start, end);
                    used.Add(segments[i]);
                }

                Remove(keep ? segments.Skip(i + 1) : segments.Skip(i));
                break;
            }

            used.Add(segments[i]);
        }

        return new WalTail(used, _expected - 1, _highestEpoch, next);
    }

    /// <summary>Reads on until the segment's records end. False when not even its header was written.</summary>
    private bool Scan(SegmentFile file, long segment, long start, out long end)
    {
        end = 0;
        ReadOnlyMemory<byte> bytes = file.Read(0, WalFormat.SegmentHeaderBytes);
        if (!WalFormat.TryReadSegmentHeader(bytes.Span, out SegmentHeader header))
        {
            return start == 0 && TornWrite.LooksTorn(0, bytes.Span, WalFormat.SegmentHeaderBytes)
                ? false
                : throw new CorruptStateException(file.Path, 0, "the segment's header isn't what was written. Restore the file from a copy.");
        }

        if (!header.KnownVersion)
        {
            throw new LaminarException($"{file.Path} was written by a newer version of Laminar: use that version, or an empty folder.");
        }

        if (header.Core != core || header.Segment != segment)
        {
            throw new CorruptStateException(file.Path, 0, $"it is segment {header.Segment} of core {header.Core} under another name. Rename it.");
        }

        if (start == 0)
        {
            if (header.FirstSequence != _expected)
            {
                throw new CorruptStateException(
                    file.Path, 0, $"it starts at sequence {header.FirstSequence}, but {_expected} comes next: what lies between is lost. Restore it from a copy.");
            }

            start = WalFormat.SegmentHeaderBytes;
        }

        end = start;
        while (TryReadRecord(file, segment, end, out int recordBytes))
        {
            end += recordBytes;
        }

        return true;
    }

    private bool TryReadRecord(SegmentFile file, long segment, long offset, out int recordBytes)
    {
        recordBytes = 0;
        ReadOnlyMemory<byte> head = file.Read(offset, WalFormat.RecordHeaderBytes);
        if (!WalFormat.TryReadRecordHeader(head.Span, out RecordHeader header, out int bodyBytes))
        {
            return false;
        }

        recordBytes = WalFormat.RecordBytes(bodyBytes);
        ReadOnlyMemory<byte> record = file.Read(offset, recordBytes);
        if (record.Length < recordBytes || !WalFormat.VerifyBody(record.Span, bodyBytes))
        {
            return false;
        }

        if (header.Core != core || header.Segment != (uint)segment || header.Sequence != _expected)
        {
            throw new CorruptStateException(
                file.Path, offset, $"record {header.Sequence} of core {header.Core} stands where {_expected} of core {core} belongs. Restore the file from a copy.");
        }

        if (header.Kind == WalRecordKind.Barrier)
        {
            _highestEpoch = Math.Max(_highestEpoch, header.Epoch);
        }

        _durable = Math.Max(_durable, header.DurableBase);
        _expected++;
        return true;
    }

    /// <summary>True when a segment starts with the very sequence that comes next: then nothing is missing before it.</summary>
    private bool GoesOn(long segment)
    {
        using SegmentFile next = Open(segment);
        return WalFormat.TryReadSegmentHeader(next.Read(0, WalFormat.SegmentHeaderBytes).Span, out SegmentHeader header)
            && header.FirstSequence == _expected;
    }

    /// <summary>The log seems to end here. Makes sure that nothing durable stood here or behind.</summary>
    private void RefuseIfDurable(SegmentFile file, long segment, long end, IEnumerable<long> later)
    {
        long missing = _expected;
        if (end >= WalFormat.SegmentHeaderBytes)
        {
            ReadOnlyMemory<byte> head = file.Read(end, WalFormat.RecordHeaderBytes);
            bool goodHeader = WalFormat.TryReadRecordHeader(head.Span, out _, out int bodyBytes);
            int expected = goodHeader ? WalFormat.RecordBytes(bodyBytes) : WalFormat.RecordHeaderBytes;
            if (!TornWrite.LooksTorn(end, file.Read(end, expected).Span, expected))
            {
                throw Damage(file, end, missing, "its bytes are all there but don't match their checksum");
            }
        }

        ProveAbsence(file, segment, end, missing, file, end);
        foreach (long number in later)
        {
            using SegmentFile next = Open(number);
            if (WalFormat.TryReadSegmentHeader(next.Read(0, WalFormat.SegmentHeaderBytes).Span, out SegmentHeader header) && header.FirstSequence > missing)
            {
                throw Damage(file, end, missing, $"segment {number} goes on at sequence {header.FirstSequence}");
            }

            ProveAbsence(next, number, 0, missing, file, end);
        }
    }

    /// <summary>Looks for any good record that says that <paramref name="missing"/> was durable.</summary>
    private void ProveAbsence(SegmentFile searched, long segment, long offset, long missing, SegmentFile damaged, long damagedAt)
    {
        const int step = 64 << 10;
        for (long position = offset; position < searched.Length; position += step)
        {
            ReadOnlySpan<byte> window = searched.Read(position, step + WalFormat.RecordHeaderBytes).Span;
            if (window.IndexOfAnyExcept((byte)0) < 0)
            {
                continue;
            }

            for (int i = 0; i < step && i + WalFormat.RecordHeaderBytes <= window.Length; i += 8)
            {
                if (WalFormat.TryReadRecordHeader(window.Slice(i, WalFormat.RecordHeaderBytes), out RecordHeader header, out _)
                    && header.Core == core
                    && header.Segment == (uint)segment
                    && header.DurableBase >= missing)
                {
                    throw Damage(damaged, damagedAt, missing, $"record {header.Sequence} behind it was written when it was durable already");
                }
            }
        }
    }

    private static CorruptStateException Damage(SegmentFile file, long offset, long sequence, string why) => new(
        file.Path,
        offset,
        $"record {sequence} can't be read, and {why}. Restore the file from a copy; or, to give up that record and all behind it, "
        + $"truncate the file to {offset} bytes and delete the core's later segments.");

    private void Cut(SegmentFile file, long start, long end)
    {
        if (TailHasBytes(file, end))
        {
            logger.LogWarning(
                "{File}: the write that was under way when the process ended is incomplete; the log is cut at byte {Offset}, behind sequence {Sequence}.",
                file.Path,
                end,
                _expected - 1);
        }

        // What was read may be in the page cache only; and where a sync has failed, the system takes it for written although it isn't. So the
        // last write is done again before anybody relies on it.
        file.Rewrite(FirstDoubtful(file, start, end), end);
        file.Cut(end);
    }

    /// <summary>The place of the first record that no later one says was durable.</summary>
    private long FirstDoubtful(SegmentFile file, long start, long end)
    {
        long position = Math.Max(start, WalFormat.SegmentHeaderBytes);
        while (position < end
            && WalFormat.TryReadRecordHeader(file.Read(position, WalFormat.RecordHeaderBytes).Span, out RecordHeader header, out int bodyBytes)
            && header.Sequence <= _durable)
        {
            position += WalFormat.RecordBytes(bodyBytes);
        }

        return position == WalFormat.SegmentHeaderBytes ? 0 : position;
    }

    private static bool TailHasBytes(SegmentFile file, long end)
    {
        const int step = 1 << 20;
        for (long position = end; position < file.Length; position += step)
        {
            if (file.Read(position, step).Span.IndexOfAnyExcept((byte)0) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Remove(IEnumerable<long> segments)
    {
        foreach (long segment in segments)
        {
            device.Delete(StoreFiles.Segment(core, segment));
        }
    }

    private SegmentFile Open(long segment) => new(device.Open(StoreFiles.Segment(core, segment)), PathOf(segment));

    private string PathOf(long segment) => Path.Combine(directory, StoreFiles.Segment(core, segment));
}
