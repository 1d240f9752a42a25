using System.Buffers;

namespace Laminar.Connectors.Files.Writing;

/// <summary>
/// Rows of the open epoch go to a hidden file. Prepare syncs and keeps it under the epoch's number; commit publishes it. The token names every
/// epoch that is prepared and not yet known to be committed, so that the newest manifest alone is enough to finish them. No rows, no I/O.
/// </summary>
internal sealed class FileSinkWriter<TRow>(IPublisher publisher, IPartEncoder<TRow> encoder) : ISinkWriter<TRow>
    where TRow : IStreamRow<TRow>
{
    private readonly List<PreparedEpoch> _prepared = [];
    private FileStream? _part;
    private long _length;
    private long _lastPrepared = -1;
    private bool _replaces = true;

    public void Recover(long committed, ReadOnlySpan<byte> token)
    {
        if (token.Length == 0)
        {
            publisher.CleanUp(committed, length: -1);
            return;
        }

        (long length, List<PreparedEpoch> prepared) = FileSinkToken.Read(token);
        foreach (PreparedEpoch epoch in prepared)
        {
            publisher.Publish(epoch, prepared);
        }

        publisher.CleanUp(committed, length);
        _length = length;
        _lastPrepared = committed;
        _replaces = false;
    }

    public void Write(ReadOnlySpan<TRow> rows)
    {
        if (rows.Length == 0)
        {
            return;
        }

        OpenPart();
        encoder.Write(rows);
    }

    public void Prepare(long epoch, IBufferWriter<byte> token)
    {
        if (epoch != _lastPrepared)
        {
            Keep(epoch);
            _lastPrepared = epoch;
        }

        FileSinkToken.Write(token, _length, _prepared);
    }

    public void Commit(long epoch, ReadOnlySpan<byte> token)
    {
        while (_prepared.Count > 0 && _prepared[0].Epoch <= epoch)
        {
            publisher.Publish(_prepared[0], _prepared[..1]);
            _prepared.RemoveAt(0);
        }
    }

    public void Dispose()
    {
        encoder.Dispose();
        _part?.Dispose();
        publisher.Dispose();
    }

    private void OpenPart()
    {
        if (_part is null)
        {
            _part = new FileStream(publisher.OpenPart, FileMode.Create, FileAccess.Write, FileShare.None, 65_536);
            encoder.Begin(_part, publisher.BeginsFile(_length));
        }
    }

    private void Keep(long epoch)
    {
        if (_replaces && publisher.PublishesEmpty)
        {
            OpenPart();
        }

        if (_part is null)
        {
            if (_replaces)
            {
                _prepared.Add(new PreparedEpoch(epoch, _length, 0, HasPart: false, Replaces: true));
                _replaces = false;
            }

            return;
        }

        long added = encoder.End();
        _part.Flush(flushToDisk: true);
        _part.Dispose();
        _part = null;
        publisher.Keep(epoch);
        _prepared.Add(new PreparedEpoch(epoch, _length, added, HasPart: true, _replaces));
        _length += added;
        _replaces = false;
    }
}
