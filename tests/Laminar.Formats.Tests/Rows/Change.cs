namespace Laminar.Formats.Tests;

/// <summary>A row of an updating query.</summary>
public readonly record struct Change(RowKind Kind, long Id, string? Name) : IStreamRow<Change>, IChangelogRow
{
    public static RowSchema Schema { get; } = new("changes", new RowColumn("id", ColumnType.Int64, false), new RowColumn("name", ColumnType.Text, true));

    public static Change Read<TReader>(ref TReader reader)
        where TReader : IRowReader, allows ref struct => new(RowKind.Insert, reader.GetInt64(0), reader.IsNull(1) ? null : reader.GetText(1));

    public static void Write<TWriter>(in Change row, ref TWriter writer)
        where TWriter : IRowWriter, allows ref struct
    {
        writer.WriteInt64(0, row.Id);
        if (row.Name is null)
        {
            writer.WriteNull(1);
        }
        else
        {
            writer.WriteText(1, row.Name);
        }
    }
}
