using Apache.Arrow;

namespace Laminar;

/// <summary>What a script has answered.</summary>
/// <param name="Batches">One for each SELECT, SHOW, DESCRIBE and EXPLAIN, in their order.</param>
/// <param name="Warnings">What runs and is hardly meant, such as state that grows for ever (LAM3xxx).</param>
public sealed record StatementResults(IReadOnlyList<RecordBatch> Batches, IReadOnlyList<SqlError> Warnings);
