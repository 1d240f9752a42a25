namespace Laminar.Storage.Tests.Rows;

/// <summary>A small row, for exact bytes.</summary>
internal readonly record struct PairRow(long Id, string? Name) : IStreamRow<PairRow>
{
    public static RowSchema Schema { get; } = new("pair", new RowColumn("id", ColumnType.Int64, false), new RowColumn("name", ColumnType.Text, true));

    public static PairRow Read<TReader>(ref TReader reader)
        where TReader : IRowReader, allows ref struct => new(reader.GetInt64(0), reader.IsNull(1) ? null : reader.GetText(1));

    public static void Write<TWriter>(in PairRow row, ref TWriter writer)
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
