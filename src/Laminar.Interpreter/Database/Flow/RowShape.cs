using Apache.Arrow;
using Apache.Arrow.Types;
using Laminar.Interpreter.Columns;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Interpreter.Database.Flow;

/// <summary>The columns of rows that are kept as arrays of values, in the form in which expressions hold them.</summary>
internal sealed class RowShape
{
    private readonly BoxedValues[] _values;
    private readonly ColumnWriter[] _writers;

    public RowShape(string name, IEnumerable<(string Name, SqlType Type, bool Nullable)> columns)
    {
        (string Name, SqlType Type, bool Nullable)[] all = [.. columns];
        Types = [.. all.Select(c => c.Type)];
        Rows = new RowSchema(name, [.. all.Select(c => RowColumns.Of(c.Name, c.Type, c.Nullable))]);
        _values = [.. Types.Select(BoxedValues.Of)];
        _writers = [.. all.Select((c, i) => ColumnWriter.Create(c.Type, Rows.Columns[i]))];
        Schema = new Schema(_writers.Select(w => w.Field), null);
        ChangeSchema = new Schema(Schema.FieldsList.Prepend(new Field(RowKinds.Column, StringType.Default, nullable: false)), null);
    }

    public RowSchema Rows { get; }

    public IReadOnlyList<SqlType> Types { get; }

    public Schema Schema { get; }

    /// <summary>The same with the column <c>kind</c> in front.</summary>
    public Schema ChangeSchema { get; }

    public static RowShape Of(Relation relation) => new(relation.Name, relation.Columns.Select(c => (c.Name, c.Type, c.Nullable)));

    public static RowShape Of(string name, QueryPlan plan) => new(name, plan.Columns.Select(c => (c.Name, c.Type, c.Nullable)));

    public object?[] Read(Chunk chunk, int row) => BoxedColumns.Of(chunk, row, _values.Length);

    public Vector[] NewVectors(int capacity) => [.. _values.Select(v => v.NewVector().NewLike(capacity))];

    /// <summary>What tells rows apart by some columns; null: by all.</summary>
    public RowKey KeyOf(object?[] row, IReadOnlyList<int>? columns) => new(columns is null
        ? [.. row.Select((v, i) => v is null ? null : _values[i].Key(v))]
        : [.. columns.Select(i => row[i] is { } v ? _values[i].Key(v) : null)]);

    /// <summary>The SQL order of two values of a column, neither of which is NULL.</summary>
    public int Compare(int column, object a, object b) => _values[column].Compare(a, b);

    /// <summary>Rows as one Arrow batch.</summary>
    public RecordBatch ToBatch(IReadOnlyList<object?[]> rows)
    {
        Vector[] vectors = NewVectors(Math.Max(1, rows.Count));
        BoxedColumns.Fill(vectors, rows, 0, rows.Count);
        Selection all = Selection.All(rows.Count);
        return new RecordBatch(Schema, _writers.Select((w, i) => w.Write(vectors[i], all)), rows.Count);
    }

    /// <summary>The same rows as inserts of a changelog.</summary>
    public RecordBatch ToInserts(IReadOnlyList<object?[]> rows)
    {
        RecordBatch plain = ToBatch(rows);
        var kinds = new StringArray.Builder();
        for (int i = 0; i < rows.Count; i++)
        {
            kinds.Append(RowKinds.NameOf(RowKind.Insert));
        }

        return new RecordBatch(ChangeSchema, plain.Arrays.Prepend(kinds.Build()), rows.Count);
    }

    public void Save(BinaryWriter writer, object?[] row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            _values[i].Save(writer, row[i]);
        }
    }

    public object?[] Load(BinaryReader reader) => [.. _values.Select(v => v.Load(reader))];
}
