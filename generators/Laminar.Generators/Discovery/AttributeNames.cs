namespace Laminar.Generators.Discovery;

/// <summary>Metadata names of the attributes that mean something here.</summary>
public static class AttributeNames
{
    public const string StreamSource = "Laminar.StreamSourceAttribute";
    public const string ReferenceTable = "Laminar.ReferenceTableAttribute";
    public const string Key = "Laminar.KeyAttribute";
    public const string DataAnnotationsKey = "System.ComponentModel.DataAnnotations.KeyAttribute";
    public const string StreamQuery = "Laminar.StreamQueryAttribute";
    public const string StreamQueryOfRow = "Laminar.StreamQueryAttribute`1";
    public const string StreamPipeline = "Laminar.StreamPipelineAttribute";
    public const string StreamFunction = "Laminar.StreamFunctionAttribute";
    public const string StreamAggregate = "Laminar.StreamAggregateAttribute";
    public const string Functions = "Laminar.LaminarFunctionsAttribute";
    public const string Column = "Laminar.ColumnAttribute";
    public const string EventTime = "Laminar.EventTimeAttribute";
    public const string DataAnnotationsColumn = "System.ComponentModel.DataAnnotations.Schema.ColumnAttribute";
    public const string Connector = "Laminar.LaminarConnectorAttribute";
    public const string SinkTarget = "Laminar.SinkTargetAttribute";
    public const string Host = "Laminar.LaminarHostAttribute";
    public const string Export = "Laminar.LaminarExportAttribute";
    public const string RowKind = "Laminar.RowKind";
    public const string StreamRow = "Laminar.IStreamRow<TSelf>";
}
