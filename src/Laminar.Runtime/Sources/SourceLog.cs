using Laminar.Runtime.Errors;
using Laminar.State;
using Laminar.Storage;

namespace Laminar.Runtime.Sources;

/// <summary>
/// The write-ahead log as one source partition sees it: rows go in as records of about half a MiB, so that no batch of large rows comes near
/// the limit of a record. A row that can't be logged is an error row; an empty record keeps its number, so that positions agree after a replay.
/// </summary>
internal sealed class SourceLog<TRow>(WalWriter wal, string name, int partition, SourceErrors errors)
    where TRow : ISourceRow<TRow>
{
    private const int RecordBytes = 512 << 10;
    private const int KeptBytes = 4 << 20;

    private readonly WalSource _source = new(name, partition);
    private RowBuffer _encoded = new();
    private int _ready;
    private bool _dead;

    /// <summary>Logs rows from the front.</summary>
    /// <param name="rows">At least one; the same ones again, at least, after a call that found the log full.</param>
    /// <param name="firstRow">The number of the first in the partition.</param>
    /// <param name="dead">True: the one row that was logged can't be handed on; the source's error policy has dealt with it.</param>
    /// <returns>Rows logged; 0 when the log is full.</returns>
    /// <exception cref="LaminarException">The first row can't be logged, and the error policy is to fail.</exception>
    public int TryAppend(ReadOnlySpan<TRow> rows, long firstRow, out bool dead)
    {
        if (_ready == 0)
        {
            Encode(rows, firstRow);
        }

        dead = false;
        if (!wal.TryAppendRows(_source, firstRow, _ready, _encoded.Written, out _))
        {
            return 0;
        }

        int logged = _ready;
        dead = _dead;
        _ready = 0;
        return logged;
    }

    /// <summary>Logs explicit progress; false when the log is full.</summary>
    public bool TryAppendWatermark(long row, long watermark) => wal.TryAppendWatermark(_source, row, watermark, out _);

    /// <summary>Logs the end; false when the log is full.</summary>
    public bool TryAppendEnd(long row) => wal.TryAppendEnd(_source, row, out _);

    /// <summary>True for a record that only keeps the number of a row that couldn't be logged.</summary>
    public static bool IsDead(in ReplayRecord record) => record.Rows > 0 && record.Payload.Length == 0;

    /// <summary>Makes the next record; it is kept until the log has room for it.</summary>
    private void Encode(ReadOnlySpan<TRow> rows, long firstRow)
    {
        if (_encoded.Length > KeptBytes)
        {
            _encoded = new RowBuffer();
        }

        _encoded.Clear();
        _ready = RowCodec.Encode(rows, _encoded, RecordBytes, WalWriter.MaxPayloadBytes, out LaminarException? error);
        _dead = error is not null;
        if (error is not null)
        {
            errors.Dead($"Source {name}, partition {partition}, row {firstRow}", $"the row can't be logged: {error.Message}", rows[0]?.ToString() ?? "", error);
            _ready = 1;
        }
    }
}
