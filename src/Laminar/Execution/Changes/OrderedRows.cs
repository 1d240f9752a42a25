using System.Runtime.CompilerServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// Rows in order, of which any may come and go: runs of at most 256, found by the first of each, so that a step moves part of a run and not all that is behind (a B+ tree of two levels). Of rows that
/// are equal in order those that came before are first.
/// </summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <typeparam name="TOrder">The order.</typeparam>
internal sealed class OrderedRows<TRow, TOrder>
    where TOrder : struct, IRowOrder<TRow>
{
    private const int MostRows = 256;

    private Run[] _runs = new Run[1];
    private int _runCount;

    /// <summary>Rows held.</summary>
    public int Count { get; private set; }

    public long Bytes => ((long)Unsafe.SizeOf<Run>() * _runs.Length) + _runs.Take(_runCount).Sum(run => (long)run.Rows.Length * Unsafe.SizeOf<TRow>());

    public ref readonly TRow this[Place place] => ref _runs[place.Run].Rows[place.Row];

    /// <summary>Adds a row behind those that are before it or equal.</summary>
    public void Add(in TRow row)
    {
        Place place = Find(in row, behindEqual: true);
        if (_runCount == 0)
        {
            _runs[_runCount++] = new Run { Rows = new TRow[2] };
        }
        else if (place.Run == _runCount || (place.Row == 0 && place.Run > 0))
        {
            place = new Place(place.Run - 1, _runs[place.Run - 1].Count);
        }

        ref Run run = ref _runs[place.Run];
        if (run.Count == MostRows)
        {
            Split(place.Run);
            if (place.Row > MostRows / 2)
            {
                place = new Place(place.Run + 1, place.Row - (MostRows / 2));
            }

            run = ref _runs[place.Run];
        }

        if (run.Count == run.Rows.Length)
        {
            System.Array.Resize(ref run.Rows, Math.Min(MostRows, run.Count * 2));
        }

        System.Array.Copy(run.Rows, place.Row, run.Rows, place.Row + 1, run.Count - place.Row);
        run.Rows[place.Row] = row;
        run.Count++;
        Count++;
    }

    /// <summary>Takes a row out.</summary>
    public void RemoveAt(Place place)
    {
        ref Run run = ref _runs[place.Run];
        run.Count--;
        Count--;
        System.Array.Copy(run.Rows, place.Row + 1, run.Rows, place.Row, run.Count - place.Row);
        run.Rows[run.Count] = default!;
        if (run.Count == 0)
        {
            RemoveRun(place.Run);
        }
        else if (place.Run + 1 < _runCount && run.Count + _runs[place.Run + 1].Count <= MostRows / 2)
        {
            Run next = _runs[place.Run + 1];
            System.Array.Resize(ref run.Rows, MostRows);
            System.Array.Copy(next.Rows, 0, run.Rows, run.Count, next.Count);
            run.Count += next.Count;
            RemoveRun(place.Run + 1);
        }
    }

    /// <summary>The place of the first row that is equal to a row or behind it; behind the last where there is none.</summary>
    public Place FirstFrom(in TRow row) => Find(in row, behindEqual: false);

    /// <summary>Whether there is a row at a place.</summary>
    public bool Has(Place place) => place.Run < _runCount;

    /// <summary>The place behind one.</summary>
    public Place Next(Place place) => place.Row + 1 < _runs[place.Run].Count ? new Place(place.Run, place.Row + 1) : new Place(place.Run + 1, 0);

    /// <summary>All rows, in order.</summary>
    public IEnumerable<TRow> All()
    {
        for (int run = 0; run < _runCount; run++)
        {
            for (int row = 0; row < _runs[run].Count; row++)
            {
                yield return _runs[run].Rows[row];
            }
        }
    }

    public void Clear()
    {
        _runs = new Run[1];
        _runCount = 0;
        Count = 0;
    }

    private Place Find(in TRow row, bool behindEqual)
    {
        // The last run that begins before the place, then the place in it.
        int low = 0;
        int high = _runCount;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (IsBefore(in _runs[middle].Rows[0], in row, behindEqual))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        int run = low - 1;
        if (run < 0)
        {
            return default;
        }

        low = 1;
        high = _runs[run].Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (IsBefore(in _runs[run].Rows[middle], in row, behindEqual))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < _runs[run].Count ? new Place(run, low) : new Place(run + 1, 0);
    }

    private static bool IsBefore(in TRow other, in TRow row, bool orEqual) => TOrder.Compare(in other, in row) is var order && (order < 0 || (order == 0 && orEqual));

    private void Split(int run)
    {
        if (_runCount == _runs.Length)
        {
            System.Array.Resize(ref _runs, _runCount * 2);
        }

        System.Array.Copy(_runs, run + 1, _runs, run + 2, _runCount - run - 1);
        _runCount++;
        ref Run first = ref _runs[run];
        var rows = new TRow[MostRows];
        System.Array.Copy(first.Rows, MostRows / 2, rows, 0, MostRows / 2);
        System.Array.Clear(first.Rows, MostRows / 2, MostRows / 2);
        first.Count = MostRows / 2;
        _runs[run + 1] = new Run { Rows = rows, Count = MostRows / 2 };
    }

    private void RemoveRun(int run)
    {
        _runCount--;
        System.Array.Copy(_runs, run + 1, _runs, run, _runCount - run);
        _runs[_runCount] = default;
    }

    /// <summary>Where a row is, until the next one comes or goes.</summary>
    public readonly record struct Place(int Run, int Row);

    private struct Run
    {
        public TRow[] Rows;

        public int Count;
    }
}
