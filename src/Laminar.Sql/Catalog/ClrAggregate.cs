using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Types;

namespace Laminar.Sql.Catalog;

/// <summary>An aggregate in C# ([StreamAggregate]): a struct that rows are added to. Compared by content.</summary>
/// <param name="name">The SQL name; it matches ignoring case and underscores.</param>
/// <param name="type">The struct, fully qualified with <c>global::</c>.</param>
/// <param name="parameters">Of its <c>Add</c>: all nullable, or none.</param>
/// <param name="result">Type of the result.</param>
/// <param name="resultNullable">Whether <c>Result</c> may return NULL.</param>
/// <param name="layout">Its fields, as they lie in saved state.</param>
public sealed class ClrAggregate(string name, string type, IReadOnlyList<ClrParameter> parameters, SqlType result, bool resultNullable, string layout) : IEquatable<ClrAggregate>
{
    /// <summary>The SQL name.</summary>
    public string Name { get; } = name;

    /// <summary>The struct, fully qualified with <c>global::</c>.</summary>
    public string Type { get; } = type;

    /// <summary>Of <c>Add</c>: all nullable, or none.</summary>
    public IReadOnlyList<ClrParameter> Parameters { get; } = parameters;

    /// <summary>Type of the result.</summary>
    public SqlType Result { get; } = result;

    /// <summary>Whether <c>Result</c> may return NULL.</summary>
    public bool ResultNullable { get; } = resultNullable;

    /// <summary>Its fields, as they lie in saved state: state of another layout isn't restored.</summary>
    public string Layout { get; } = layout;

    /// <summary>Whether rows with NULL among the arguments are added.</summary>
    public bool TakesNull => Parameters[0].Nullable;

    /// <summary>The struct itself where it is loaded, for whoever runs plans without generated code; null at build time. Not compared.</summary>
    public Type? Target { get; init; }

    /// <inheritdoc/>
    public bool Equals(ClrAggregate? other) =>
        other is not null && Name == other.Name && Type == other.Type && Result == other.Result && ResultNullable == other.ResultNullable && Layout == other.Layout
        && Parameters.SequenceEqual(other.Parameters);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ClrAggregate);

    /// <inheritdoc/>
    public override int GetHashCode() => Type.GetHashCode();

    /// <summary><c>weighted(DOUBLE, BIGINT) -> DOUBLE</c>, for lists of functions.</summary>
    public override string ToString() => $"{Name}({string.Join(", ", Parameters)}) -> {Result}{(ResultNullable ? " NULL" : string.Empty)}";
}
