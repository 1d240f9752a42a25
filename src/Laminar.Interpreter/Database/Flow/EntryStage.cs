using Laminar.Interpreter.Columns;
using Laminar.Interpreter.Operators;
using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Database.Flow;

/// <summary>Where a query takes the rows of a source, or of another query, that runs by itself. What goes wrong behind it ends this query and not the one before it.</summary>
/// <param name="relation">The SQL name of what is read.</param>
/// <param name="shape">Its columns.</param>
/// <param name="isUpdating">Whether its rows are changes.</param>
internal sealed class EntryStage(string relation, RowShape shape, bool isUpdating) : ChunkStage
{
    private static readonly long[] Timeless = [.. Enumerable.Repeat(long.MinValue, Chunk.Size)];

    public string Relation => relation;

    /// <summary>Whose it is; set once, when the query is made.</summary>
    public QueryFlow? Owner { get; set; }

    /// <summary>No more rows come.</summary>
    public bool IsEnded { get; private set; }

    public override void Process(Chunk chunk)
    {
        Owner?.CountIn(chunk.Rows.Count);

        // What comes out of a query isn't of its groups any more: to its reader these are rows of another query.
        Guarded(() => Next!.Process(chunk.IsOfGroups || chunk.Origins is not null ? Plain(chunk) : chunk));
    }

    public override void Advance(long watermark)
    {
        Guarded(() => Next!.Advance(watermark));
        if (watermark == long.MaxValue)
        {
            IsEnded = true;
            Owner?.EndIfAllHave();
        }
    }

    public override void Save(BinaryWriter writer) => writer.Write(IsEnded);

    public override void Load(BinaryReader reader) => IsEnded = reader.ReadBoolean();

    /// <summary>Rows that were there before: they come ahead of time.</summary>
    public void Seed(IReadOnlyList<object?[]> rows, TimeProvider clock)
    {
        Vector[] columns = shape.NewVectors(Chunk.Size);
        RowKind[] kinds = new RowKind[Chunk.Size];
        for (int from = 0; from < rows.Count; from += Chunk.Size)
        {
            int count = Math.Min(Chunk.Size, rows.Count - from);
            BoxedColumns.Fill(columns, rows, from, count);
            Process(new Chunk
            {
                Columns = [.. columns], Rows = Selection.All(count), WatermarkBefore = Timeless, WatermarkAfter = long.MinValue, Clock = clock, Kinds = isUpdating ? kinds : null,
            });
        }
    }

    private static Chunk Plain(Chunk chunk) => new()
    {
        Columns = chunk.Columns, Rows = chunk.Rows, WatermarkBefore = chunk.WatermarkBefore, WatermarkAfter = chunk.WatermarkAfter, Clock = chunk.Clock, Kinds = chunk.Kinds, CutAt = chunk.CutAt,
    };

    private void Guarded(Action action)
    {
        if (Owner is not { } owner)
        {
            action();
            return;
        }

        if (owner.Failure is not null)
        {
            return;
        }

        try
        {
            action();
        }
        catch (LaminarException error)
        {
            owner.Fail(error);
        }

        owner.Notice();
    }
}
