using System.Buffers.Binary;
using System.Text;
using Laminar.Linux;

namespace Laminar.Storage;

/// <summary>Replays one core's records behind the recovered barrier, in order. Barrier marks of epochs that got no manifest are among them.</summary>
public sealed class WalReader : IDisposable
{
    private readonly IDevice _device;
    private readonly string _directory;
    private readonly int _core;
    private readonly WalTail _tail;
    private readonly Dictionary<string, string> _names = [];
    private SegmentFile? _file;
    private int _index = -1;
    private long _offset;
    private long _sequence;

    internal WalReader(IDevice device, string directory, int core, WalPosition from, WalTail tail)
    {
        _device = device;
        _directory = directory;
        _core = core;
        _tail = tail;
        _sequence = from.Sequence;
        _offset = from.Segment == 0 ? WalFormat.SegmentHeaderBytes : from.Offset;
    }

    /// <summary>False at the end.</summary>
    /// <exception cref="CorruptStateException">A record that was durable is damaged or missing.</exception>
    public bool TryRead(out WalRecord record)
    {
        while (_sequence < _tail.LastSequence)
        {
            if (_file is null)
            {
                Open(0);
            }

            ReadOnlyMemory<byte> head = _file!.Read(_offset, WalFormat.RecordHeaderBytes);
            if (!WalFormat.TryReadRecordHeader(head.Span, out RecordHeader header, out int bodyBytes))
            {
                if (_index + 1 < _tail.Segments.Count)
                {
                    Open(_index + 1);
                    _offset = WalFormat.SegmentHeaderBytes;
                    continue;
                }

                throw Changed();
            }

            int recordBytes = WalFormat.RecordBytes(bodyBytes);
            ReadOnlyMemory<byte> bytes = _file.Read(_offset, recordBytes);
            if (bytes.Length < recordBytes || !WalFormat.VerifyBody(bytes.Span, bodyBytes) || header.Sequence != _sequence + 1 || header.Core != _core)
            {
                throw Changed();
            }

            _sequence = header.Sequence;
            _offset += recordBytes;
            if (header.Kind != WalRecordKind.Close)
            {
                record = Decode(in header, bytes.Slice(WalFormat.RecordHeaderBytes, bodyBytes));
                return true;
            }
        }

        record = default;
        return false;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private WalRecord Decode(in RecordHeader header, ReadOnlyMemory<byte> body)
    {
        if (header.Kind == WalRecordKind.Barrier)
        {
            return new WalRecord(header.Kind, header.Epoch, header.Sequence, "", 0, 0, 0, body);
        }

        ReadOnlySpan<byte> span = body.Span;
        int nameBytes = span.Length < 2 ? int.MaxValue - 18 : BinaryPrimitives.ReadUInt16LittleEndian(span);
        if (span.Length < 18 + nameBytes || header.Kind is not (WalRecordKind.Rows or WalRecordKind.Watermark or WalRecordKind.EndOfSource))
        {
            throw new CorruptStateException(
                _file!.Path, _offset, $"record {header.Sequence} is of kind {header.Kind}, which this version of Laminar doesn't know.");
        }

        string name = Encoding.UTF8.GetString(span.Slice(2, nameBytes));
        if (!_names.TryGetValue(name, out string? kept))
        {
            _names.Add(name, kept = name);
        }

        ReadOnlySpan<byte> rest = span[(2 + nameBytes)..];
        return new WalRecord(
            header.Kind,
            header.Epoch,
            header.Sequence,
            kept,
            BinaryPrimitives.ReadInt32LittleEndian(rest),
            BinaryPrimitives.ReadInt64LittleEndian(rest[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(rest[12..]),
            body[(18 + nameBytes)..]);
    }

    private void Open(int index)
    {
        _file?.Dispose();
        string name = StoreFiles.Segment(_core, _tail.Segments[index]);
        _file = new SegmentFile(_device.Open(name), Path.Combine(_directory, name));
        _index = index;
    }

    private CorruptStateException Changed() => new(
        _file!.Path, _offset, $"record {_sequence + 1} of core {_core} was read when the store was opened, and can't be read now.");
}
