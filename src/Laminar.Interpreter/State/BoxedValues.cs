using Laminar.Functions;
using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.State;

/// <summary>Values whose types only run time knows: read from vectors, compared and saved.</summary>
internal sealed class BoxedValues<T> : BoxedValues
{
    public override object? Read(Vector vector, int row) => vector.IsNull(row) ? null : ((Vector<T>)vector).Values[row];

    public override void Write(Vector vector, int row, object value) => ((Vector<T>)vector).Values[row] = (T)value;

    public override Vector NewVector() => new Vector<T>(Chunk.Size);

    public override int Compare(object a, object b) => ValueOrder<T>.Compare((T)a, (T)b);

    public override object Key(object value) => value switch
    {
        double number => SqlCompare.Canonical(number),
        float number => (float)SqlCompare.Canonical(number),
        byte[] bytes => Convert.ToHexString(bytes),
        object?[] or SqlMap => NestedText.Key(value),
        _ => value,
    };

    public override void Save(BinaryWriter writer, object? value)
    {
        writer.Write(value is not null);
        if (value is not null)
        {
            ValueCodec<T>.Write(writer, (T)value);
        }
    }

    public override object? Load(BinaryReader reader) => reader.ReadBoolean() ? ValueCodec<T>.Read(reader) : null;
}

/// <inheritdoc cref="BoxedValues{T}"/>
internal abstract class BoxedValues
{
    public static BoxedValues Of(Sql.Types.SqlType type) => (BoxedValues)Expressions.ClrValueTypes.Make(typeof(BoxedValues<>), [Expressions.ClrValueTypes.Of(type)]);

    public abstract object? Read(Vector vector, int row);

    public abstract void Write(Vector vector, int row, object value);

    public abstract Vector NewVector();

    public abstract int Compare(object a, object b);

    /// <summary>What is equal for equal values, by <see cref="object.Equals(object)"/>.</summary>
    public abstract object Key(object value);

    public abstract void Save(BinaryWriter writer, object? value);

    public abstract object? Load(BinaryReader reader);
}
