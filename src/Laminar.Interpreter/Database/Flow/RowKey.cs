namespace Laminar.Interpreter.Database.Flow;

/// <summary>Values that tell rows apart; NULL is equal to NULL.</summary>
internal readonly struct RowKey(object?[] values) : IEquatable<RowKey>
{
    private readonly object?[] _values = values;

    public bool Equals(RowKey other) => _values.AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => obj is RowKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (object? value in _values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
