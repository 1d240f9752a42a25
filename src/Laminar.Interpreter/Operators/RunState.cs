using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>What the operators of one query share: counters, the error policy and the failure that stops it.</summary>
/// <param name="query">The query's name, for messages.</param>
/// <param name="failure">Shared by all queries of a chain: a failure further down stops the ones above it.</param>
internal sealed class RunState(string query, RunFailure failure)
{
    public string Query { get; } = query;

    /// <summary>See <see cref="Execution.Operator{TIn}.OnError"/>.</summary>
    public Func<StreamRowException, bool>? OnError { get; set; }

    /// <summary>What the query says about errors that no single row of a source has made; null: nothing.</summary>
    public OwnErrors? Errors { get; init; }

    /// <summary>The reference tables, of all queries of a chain.</summary>
    public TableSet Tables { get; init; } = new();

    /// <summary>Its rows are a source's.</summary>
    public bool ReadsSource { get; init; }

    /// <summary>See <see cref="Execution.EvaluationContext.Clock"/>.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public long RowsIn { get; set; }

    public long RowsOut { get; set; }

    public long LateRows { get; set; }

    public long ErrorRows { get; set; }

    /// <summary>Where late rows are read; null where they are counted only.</summary>
    public LateTap? Late { get; set; }

    /// <summary>Counts a late row.</summary>
    /// <param name="row">The row, in the chunk that the query's first stage took.</param>
    public void AddLate(int row)
    {
        LateRows++;
        Late?.Mark(row);
    }

    /// <summary>
    /// The failure that ends the query, once the rows before it are through. An operator further down may replace it by one of an earlier row.
    /// </summary>
    public StreamRowException? Fault => failure.First;

    /// <summary>
    /// Applies the error policy to the rows noted in <paramref name="errors"/>, in row order: skipped rows leave the selection; at one that
    /// fails the chunk is cut, so that what is before it goes its way.
    /// </summary>
    /// <param name="chunk">Where the rows stand; its watermark behind the last row is set back when it is cut.</param>
    /// <param name="rows">The rows in question, in order.</param>
    /// <param name="errors">What failed.</param>
    /// <param name="kept">Scratch for the rows that remain, of chunk size. May be the selection's own array.</param>
    public Selection Resolve(Chunk chunk, Selection rows, ChunkErrors errors, int[] kept)
    {
        if (!errors.Any)
        {
            return rows;
        }

        int count = 0;
        for (int k = 0; k < rows.Count; k++)
        {
            int row = rows[k];
            if (errors[row] is not { } error)
            {
                kept[count++] = row;
            }
            else if (chunk.KindOf(row) is RowKind.UpdateBefore or RowKind.Delete)
            {
                // It failed, and was counted, when it came.
                continue;
            }
            else if (!Skips(chunk, row, error))
            {
                chunk.WatermarkAfter = row < chunk.WatermarkBefore.Length ? chunk.WatermarkBefore[row] : long.MinValue;
                chunk.CutAt = row;
                break;
            }
        }

        return new Selection(kept, count);
    }

    /// <summary>Writes the counters.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(RowsIn);
        writer.Write(RowsOut);
        writer.Write(LateRows);
        writer.Write(ErrorRows);
    }

    /// <summary>Reads them back.</summary>
    public void Load(BinaryReader reader)
    {
        RowsIn = reader.ReadInt64();
        RowsOut = reader.ReadInt64();
        LateRows = reader.ReadInt64();
        ErrorRows = reader.ReadInt64();
    }

    private bool Skips(Chunk chunk, int row, Exception cause)
    {
        var error = new StreamRowException(Query, chunk.Display(row), cause.Message, cause);
        bool isOwn = chunk.IsOfGroups || !ReadsSource;
        if ((isOwn ? Errors?.Action : null) switch { ErrorAction.Fail => false, ErrorAction.Skip => true, _ => OnError?.Invoke(error) == true })
        {
            ErrorRows++;
            return true;
        }

        failure.First = error;
        return false;
    }
}

/// <summary>The failure that ends a chain of queries.</summary>
internal sealed class RunFailure
{
    public StreamRowException? First { get; set; }
}
