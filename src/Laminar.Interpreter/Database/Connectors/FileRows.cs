using Laminar.Interpreter.Database.Catalog;
using Laminar.Interpreter.Database.Flow;

namespace Laminar.Interpreter.Database.Connectors;

/// <summary>All rows of a source that a connector can read again, from its beginning: what a SELECT reads of it, whether it runs or not.</summary>
internal static class FileRows
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(10);

    /// <exception cref="LaminarException">It can be read once only, or not at all.</exception>
    public static IEnumerable<IReadOnlyList<object?[]>> Of(SourceObject source)
    {
        using ConnectorReader reader = ConnectorReader.Create(
            source.Connector!.Type, source.Connector.Options, RowShape.Of(source.Compiled.Relation).Rows, ConnectorCatalog.PolicyOf(source.Compiled));
        if (!reader.IsReplayable)
        {
            throw new LaminarException($"{reader.Description} can be read once only, so that SELECT can't read the source {source.Name}; keep its rows in a materialized view.");
        }

        var more = new AutoResetEvent(false);
        reader.Woken = () => more.Set();
        for (int partition = 0; partition < reader.Partitions; partition++)
        {
            reader.Open(partition, default);
            while (true)
            {
                var rows = new List<object?[]>();
                ReadStatus status = reader.Read(partition, rows);
                yield return rows;
                if (status == ReadStatus.End)
                {
                    break;
                }

                if (status == ReadStatus.Idle)
                {
                    more.WaitOne(Rest);
                }
            }
        }
    }
}
