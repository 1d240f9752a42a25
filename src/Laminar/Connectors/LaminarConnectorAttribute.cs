namespace Laminar;

/// <summary>
/// On a connector's assembly: the name used in <c>WITH (connector = '...')</c> and the types behind it. The generator writes
/// <c>new TSource(options)</c> with an options object whose public settable properties are the WITH keys (<c>on_error</c> is
/// <c>OnError</c>); property types string, bool, int, long, TimeSpan, char and enums are set from the literals, checked at build.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class LaminarConnectorAttribute(string name) : Attribute
{
    /// <summary>The connector's name in SQL, lower case.</summary>
    public string Name { get; } = name;

    /// <summary>An open generic <c>Source&lt;TRow&gt;</c> with a constructor taking <see cref="SourceOptions"/>, or null.</summary>
    public Type? Source { get; set; }

    /// <summary>The options type of the source.</summary>
    public Type? SourceOptions { get; set; }

    /// <summary>An open generic <see cref="IAppendSink{TRow}"/> with a constructor taking <see cref="SinkOptions"/>, or null.</summary>
    public Type? AppendSink { get; set; }

    /// <summary>An open generic <see cref="IChangelogSink{TRow}"/> with a constructor taking <see cref="SinkOptions"/>, or null.</summary>
    public Type? ChangelogSink { get; set; }

    /// <summary>The options type of the sinks.</summary>
    public Type? SinkOptions { get; set; }
}
