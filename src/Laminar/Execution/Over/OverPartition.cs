using System.Runtime.CompilerServices;

namespace Laminar.Execution;

/// <summary>A partition in the order of event time: the rows that can still be looked at, and how far they have been put out. Places count from its first row.</summary>
/// <typeparam name="TRow">The input's row.</typeparam>
/// <typeparam name="TPane">What aggregates keep.</typeparam>
internal sealed class OverPartition<TRow, TPane> : PartitionEntry<TRow, OverPartition<TRow, TPane>>
    where TPane : unmanaged
{
    private TRow[] _rows = new TRow[4];
    private int _start;

    /// <summary>The frames of its rows.</summary>
    public FrameState<TPane> Frames;

    /// <summary>When its last row falls due.</summary>
    public long LastDue { get; set; }

    /// <summary>The place of the first row that is at hand.</summary>
    public long Before { get; private set; }

    /// <summary>Rows at hand.</summary>
    public int Count { get; private set; }

    /// <summary>The place of the next row to be put out.</summary>
    public long NextToPutOut { get; set; }

    /// <summary>Where the peers of the last row that was put out begin and end, and how many different places there are up to it.</summary>
    public long Peers { get; set; }

    /// <inheritdoc cref="Peers"/>
    public long PeersEnd { get; set; }

    /// <inheritdoc cref="Peers"/>
    public long DenseRank { get; set; }

    /// <summary>Rows that wait in the queue of those that hold time back, and are put out already.</summary>
    public long Settled { get; set; }

    /// <summary>Rows of it were added at the time under way.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Behind the last row.</summary>
    public long End => Before + Count;

    public ReadOnlySpan<TRow> Rows => _rows.AsSpan(_start, Count);

    /// <inheritdoc/>
    public override ref readonly TRow Some => ref Last;

    /// <summary>The last row.</summary>
    public ref readonly TRow Last => ref _rows[_start + Count - 1];

    public long Bytes => (long)_rows.Length * Unsafe.SizeOf<TRow>();

    public void Add(in TRow row)
    {
        if (_start + Count == _rows.Length)
        {
            Room();
        }

        _rows[_start + Count++] = row;
    }

    /// <summary>Forgets the rows before a place, but for the last row.</summary>
    public void Drop(long before)
    {
        int gone = (int)(Math.Min(before, End - 1) - Before);
        if (gone <= 0)
        {
            return;
        }

        if (RuntimeHelpers.IsReferenceOrContainsReferences<TRow>())
        {
            System.Array.Clear(_rows, _start, gone);
        }

        _start += gone;
        Before += gone;
        Count -= gone;
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        System.Array.Clear(_rows, _start, Count);
        _start = 0;
        Count = 0;
        Before = 0;
        NextToPutOut = 0;
        Peers = 0;
        PeersEnd = 0;
        DenseRank = 0;
        Settled = 0;
    }

    /// <summary>Takes over what a snapshot holds.</summary>
    public void Restore(ReadOnlySpan<TRow> rows, long before)
    {
        _rows = new TRow[Math.Max(4, rows.Length)];
        rows.CopyTo(_rows);
        Count = rows.Length;
        Before = before;
    }

    private void Room()
    {
        if (_start > _rows.Length / 2)
        {
            System.Array.Copy(_rows, _start, _rows, 0, Count);
            if (RuntimeHelpers.IsReferenceOrContainsReferences<TRow>())
            {
                System.Array.Clear(_rows, Count, _start);
            }

            _start = 0;
        }
        else
        {
            System.Array.Resize(ref _rows, _rows.Length * 2);
        }
    }
}
