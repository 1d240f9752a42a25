using Laminar.Generators.Model;
using Laminar.Sql.Syntax;

namespace Laminar.Generators.Emit;

/// <summary>
/// What stands in for a query that can't be compiled: everything that calling code may name is there and takes anything, so that one
/// mistake in SQL is one message and not a list of C# errors. The build fails by the analyzer's message; should it run anyway, it throws.
/// </summary>
public static class QueryStubEmitter
{
    /// <param name="query">The query.</param>
    /// <param name="remark">C# comment or <c>#error</c> lines to start with; empty for none.</param>
    public static GeneratedFile Emit(QueryModel query, string remark = "")
    {
        var writer = new CodeWriter();
        TypeScope.WriteHeader(writer);
        if (remark.Length > 0)
        {
            writer.Line(remark);
        }

        using (TypeScope.Around(writer, query.Type))
        using (writer.Open(query.Type.Header))
        {
            WriteMembers(writer, query);
        }

        return new GeneratedFile(HintName.Of(query.Type.FullName, "Query"), writer.ToString());
    }

    private static void WriteMembers(CodeWriter writer, QueryModel query)
    {
        bool hasOwnRow = query.MappedRow is not { Problem: TypeProblem.None };
        string row = hasOwnRow ? "Row" : query.MappedRow!.Type.FullName;
        string error = $"new Laminar::LaminarException({Identifiers.Literal($"The query {query.Name} did not compile; see the messages of the build.")})";
        string message = "throw " + error;

        if (hasOwnRow)
        {
            StubRow.Write(writer, "Row", StubRow.ColumnNames(SqlParser.ParseQuery(query.Sql).Root), message);
        }

        WriteQuery(writer, row, message);
        writer.Line($"public static Laminar::QueryInfo Info => {message};");
        writer.Line($"public static Execution::QueryDefinition<{row}> Definition => {message};");
        writer.Line($"public static Query<TSink> Create<TSink>(TSink sink) where TSink : struct, Laminar::ISink<{row}> => {message};");
        writer.Line($"public static Query<Execution::ActionSink<{row}>> Create(global::System.Action<{row}> sink) => {message};");
        writer.Line($"public static Query<Execution::ReferenceSink<{row}>> Create(Laminar::ISink<{row}> sink) => {message};");
        writer.Line($"public static Query<TSink> Restore<TSink>(global::System.Buffers.ReadOnlySequence<byte> snapshot, TSink sink) where TSink : struct, Laminar::ISink<{row}> => {message};");
        writer.Line($"public static Query<Execution::ActionSink<{row}>> Restore(global::System.Buffers.ReadOnlySequence<byte> snapshot, global::System.Action<{row}> sink) => {message};");
        writer.Line($"public static Laminar::KeyedQueryHandle<{row}, object?> AddTo(Laminar::ILaminarRuntime runtime) => {message};");
    }

    private static void WriteQuery(CodeWriter writer, string row, string message)
    {
        using (writer.Open($"public sealed class Query<TSink> : Laminar::IStreamQuery<{row}> where TSink : struct, Laminar::ISink<{row}>"))
        {
            writer.Line($"public ref TSink Sink => {message};");
            writer.Line($"public Laminar::QueryInfo Info => {message};");
            writer.Line($"public Laminar::QueryStatistics Statistics => {message};");
            writer.Line("public global::System.Func<Laminar::StreamRowException, bool>? OnError { set { } }");
            writer.Line("public global::System.TimeProvider Clock { set { } }");
            writer.Line($"public void Push<T>(T rows) where T : allows ref struct => {message};");
            writer.Line($"public void Push<TSource>(global::Apache.Arrow.RecordBatch batch) => {message};");
            writer.Line($"public void Load<T>(T rows) where T : allows ref struct => {message};");
            writer.Line($"public void Upsert<T>(T row) => {message};");
            writer.Line($"public bool Delete<T>(params T[] key) => {message};");
            writer.Line($"public void AdvanceWatermark(global::System.DateTime watermark) => {message};");
            writer.Line($"public void AdvanceWatermark(long watermark) => {message};");
            writer.Line($"public void AdvanceWatermark<TSource>(global::System.DateTime watermark) => {message};");
            writer.Line($"public void AdvanceProcessingTime(global::System.DateTime now) => {message};");
            writer.Line($"public void Complete() => {message};");
            writer.Line($"public void Snapshot(global::System.Buffers.IBufferWriter<byte> writer) => {message};");
            writer.Line("public void Dispose() { }");
        }
    }
}
