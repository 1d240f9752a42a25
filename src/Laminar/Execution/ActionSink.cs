using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>A delegate as a sink, at the cost of a call per row.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ActionSink<TRow>(Action<TRow> action) : ISink<TRow>
{
    public void Emit(in TRow row) => action(row);
}

/// <summary>A class sink as a struct one, at the cost of a call per row.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReferenceSink<TRow>(ISink<TRow> sink) : ISink<TRow>
{
    public void Emit(in TRow row) => sink.Emit(in row);
}
