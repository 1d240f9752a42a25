using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Laminar.Sql.Types;

namespace Laminar.Sql.Catalog;

/// <summary>A scalar function in C# ([StreamFunction]): one overload of its name. Compared by content.</summary>
/// <param name="name">The SQL name; it matches ignoring case and underscores.</param>
/// <param name="declaringType">The class, fully qualified with <c>global::</c>.</param>
/// <param name="method">The method's name in it.</param>
/// <param name="parameters">In order.</param>
/// <param name="result">Type of the result.</param>
/// <param name="resultNullable">Whether a call may return NULL.</param>
public sealed class ClrFunction(string name, string declaringType, string method, IReadOnlyList<ClrParameter> parameters, SqlType result, bool resultNullable) : IEquatable<ClrFunction>
{
    /// <summary>The SQL name.</summary>
    public string Name { get; } = name;

    /// <summary>The class, fully qualified with <c>global::</c>.</summary>
    public string DeclaringType { get; } = declaringType;

    /// <summary>The method's name.</summary>
    public string Method { get; } = method;

    /// <summary>In order.</summary>
    public IReadOnlyList<ClrParameter> Parameters { get; } = parameters;

    /// <summary>Type of the result.</summary>
    public SqlType Result { get; } = result;

    /// <summary>Whether a call may return NULL.</summary>
    public bool ResultNullable { get; } = resultNullable;

    /// <summary>The method itself where it is loaded, for whoever runs plans without generated code; null at build time. Not compared.</summary>
    public MethodInfo? Target { get; init; }

    /// <summary>As generated code names it: <c>global::Geo.Distance</c>.</summary>
    public string FullMethod => DeclaringType + "." + Method;

    /// <summary>Whether another overload of the same name takes the same types, so that no call could tell them apart.</summary>
    public bool TakesTheSameAs(ClrFunction other) =>
        Parameters.Count == other.Parameters.Count && Parameters.Zip(other.Parameters, (a, b) => a.Type == b.Type).All(same => same);

    /// <inheritdoc/>
    public bool Equals(ClrFunction? other) =>
        other is not null && Name == other.Name && DeclaringType == other.DeclaringType && Method == other.Method && Result == other.Result && ResultNullable == other.ResultNullable
        && Parameters.SequenceEqual(other.Parameters);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ClrFunction);

    /// <inheritdoc/>
    public override int GetHashCode() => FullMethod.GetHashCode();

    /// <summary><c>distance(DOUBLE, DOUBLE) -> DOUBLE</c>, for lists of functions.</summary>
    public override string ToString() => $"{Name}({string.Join(", ", Parameters)}) -> {Result}{(ResultNullable ? " NULL" : string.Empty)}";
}
