using Laminar.Interpreter.Columns;
using Laminar.Interpreter.Database.Catalog;
using Laminar.Interpreter.Database.Flow;

namespace Laminar.Interpreter.Database.Connectors;

/// <summary>The connectors that a script needs, made before any of it is done. Those that nobody has taken are given back.</summary>
internal sealed class Openings : IDisposable
{
    private readonly Dictionary<DatabaseObject, ConnectorReader> _readers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<DatabaseObject, ConnectorWriter> _writers = new(ReferenceEqualityComparer.Instance);

    /// <exception cref="LaminarException">The connector refuses: no such file, no format to be known.</exception>
    public void Add(DatabaseObject made)
    {
        switch (made)
        {
            case SourceObject { Connector: { } connector } source:
                _readers[made] = ConnectorReader.Create(connector.Type, connector.Options, RowShape.Of(source.Compiled.Relation).Rows, ConnectorCatalog.PolicyOf(source.Compiled));
                _ = _readers[made].Partitions;
                break;
            case SinkObject { Connector: { } connector, Compiled.Feeds.Count: > 0 } sink:
                var schema = new RowSchema(sink.Name, [.. sink.Compiled.Columns.Select(c => RowColumns.Of(c.Name, c.Type, c.Nullable))]);
                _writers[made] = ConnectorWriter.Create(connector.Type, connector.Options, schema, sink.IsUpdating);
                break;
        }
    }

    public ConnectorReader? TakeReader(SourceObject source) => _readers.Remove(source, out ConnectorReader? reader) ? reader : null;

    public ConnectorWriter? TakeWriter(SinkObject sink) => _writers.Remove(sink, out ConnectorWriter? writer) ? writer : null;

    public void Dispose()
    {
        foreach (IDisposable left in _readers.Values.Concat<IDisposable>(_writers.Values))
        {
            left.Dispose();
        }
    }
}
