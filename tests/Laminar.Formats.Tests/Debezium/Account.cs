namespace Laminar.Formats.Tests;

/// <summary>A row of a source of changes.</summary>
public readonly record struct Account(RowKind Kind, long Id, string? Owner) : ISourceRow<Account>, IChangelogRow
{
    public static RowSchema Schema { get; } = new(
        "accounts",
        new RowColumn(RowKinds.Column, ColumnType.Text, false),
        new RowColumn("id", ColumnType.Int64, false),
        new RowColumn("owner", ColumnType.Text, true))
    {
        HasKind = true,
    };

    public static bool HasWatermark => false;

    public static EventTimeUnit EventTimeUnit => EventTimeUnit.Ticks;

    public static long WatermarkOf(in Account row) => long.MinValue;

    public static Account Read<TReader>(ref TReader reader)
        where TReader : IRowReader, allows ref struct => new(RowKinds.Parse(reader.GetText(0)), reader.GetInt64(1), reader.IsNull(2) ? null : reader.GetText(2));

    public static void Write<TWriter>(in Account row, ref TWriter writer)
        where TWriter : IRowWriter, allows ref struct
    {
        writer.WriteText(0, RowKinds.NameOf(row.Kind));
        writer.WriteInt64(1, row.Id);
        if (row.Owner is null)
        {
            writer.WriteNull(2);
        }
        else
        {
            writer.WriteText(2, row.Owner);
        }
    }
}
