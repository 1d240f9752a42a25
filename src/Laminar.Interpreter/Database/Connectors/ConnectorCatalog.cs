using System.Reflection;
using Laminar.Interpreter.Database.Statements;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;

namespace Laminar.Interpreter.Database.Connectors;

/// <summary>A connector's type and its options, checked.</summary>
/// <param name="Type">Open over the row.</param>
/// <param name="Options">What its constructor takes.</param>
internal sealed record ConnectorChoice(Type Type, object Options);

/// <summary>The connectors of loaded assemblies (<see cref="LaminarConnectorAttribute"/>): WITH is checked against their options as it is at build.</summary>
/// <param name="assemblies">Where they are; none: wherever the process has them.</param>
/// <param name="variables">Values of <c>${NAME}</c>.</param>
internal sealed class ConnectorCatalog(IReadOnlyCollection<Assembly> assemblies, PipelineVariables variables)
{
    private static readonly MethodInfo EnumOf = typeof(PipelineVariables).GetMethod(nameof(PipelineVariables.Enum))!;

    private LaminarConnectorAttribute[]? _all;

    private LaminarConnectorAttribute[] All => _all ??= [.. (assemblies.Count > 0 ? assemblies : Deployed()).SelectMany(a => a.GetCustomAttributes<LaminarConnectorAttribute>())];

    /// <summary>What a source says about rows that can't be decoded or computed with.</summary>
    public static ErrorPolicy PolicyOf(CompiledSource source) =>
        source.Options.Any(o => SqlName.Same(o.Key, "on_error") && SqlName.Same(o.Value, nameof(ErrorPolicy.Skip))) ? ErrorPolicy.Skip : ErrorPolicy.Fail;

    /// <summary>Null for a source that is pushed into, or when something is wrong.</summary>
    public ConnectorChoice? Source(CompiledSource source, DiagnosticBag diagnostics)
    {
        variables.At("SOURCE " + source.Name);
        if (source.Relation.IsUpdating)
        {
            CompiledOption says = source.Options.First(o => SqlName.Same(o.Key, "changelog") || SqlName.Same(o.Key, "format"));
            diagnostics.Report(DatabaseRules.NotAtRunTime, says.KeySpan, "A source of changes", "it is of pipelines that are built");
            return null;
        }

        CompiledOption[] own = [.. source.Options.Where(o => !IsGeneral(o) && !SqlName.Same(o.Key, "changelog"))];
        foreach (CompiledOption option in source.Options.Where(IsGeneral))
        {
            bool isPolicy = SqlName.Same(option.Key, "on_error");
            if (isPolicy && (SqlName.Same(option.Value, nameof(ErrorPolicy.Fail)) || SqlName.Same(option.Value, nameof(ErrorPolicy.Skip))))
            {
                continue;
            }

            diagnostics.Report(DatabaseRules.NotAtRunTime, option.KeySpan, $"The option {option.Key} = '{option.Value}'", isPolicy ? "on_error is 'fail' or 'skip' here" : "it is of pipelines that are built");
        }

        if (source.Connector.Length == 0)
        {
            foreach (CompiledOption option in own)
            {
                diagnostics.Report(OptionRules.UnknownKey, option.KeySpan, option.Key, "a source without a connector takes on_error only");
            }

            return null;
        }

        if (Find(source.Connector, source.ConnectorSpan, diagnostics) is not { } connector)
        {
            return null;
        }

        if (connector.Source is null || connector.SourceOptions is null)
        {
            diagnostics.Report(OptionRules.CannotRead, source.ConnectorSpan, connector.Name);
            return null;
        }

        return Bind(connector.SourceOptions, own, source.ConnectorSpan, diagnostics) is { } options ? new ConnectorChoice(connector.Source, options) : null;
    }

    /// <summary>Null when something is wrong.</summary>
    public ConnectorChoice? Sink(CompiledSink sink, bool isUpdating, DiagnosticBag diagnostics)
    {
        variables.At("SINK " + sink.Name);
        if (Find(sink.Connector, sink.ConnectorSpan, diagnostics) is not { } connector)
        {
            return null;
        }

        if ((isUpdating ? connector.ChangelogSink : connector.AppendSink) is not { } type || connector.SinkOptions is null)
        {
            diagnostics.Report(isUpdating ? OptionRules.CannotUpdate : OptionRules.CannotAppend, sink.ConnectorSpan, connector.Name);
            return null;
        }

        return Bind(connector.SinkOptions, sink.Options, sink.ConnectorSpan, diagnostics) is { } options ? new ConnectorChoice(type, options) : null;
    }

    private static bool IsGeneral(CompiledOption option) => new[] { "on_error", "idle_timeout", "max_drift", "dead_letter_path" }.Any(k => SqlName.Same(k, option.Key));

    private static IReadOnlyCollection<Assembly> Deployed()
    {
        // What is referenced is loaded when it is first used, and a connector is used by its name alone.
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "Laminar.Connectors.*.dll"))
        {
            Assembly.Load(AssemblyName.GetAssemblyName(file));
        }

        return [.. AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic)];
    }

    private LaminarConnectorAttribute? Find(string name, TextSpan span, DiagnosticBag diagnostics)
    {
        LaminarConnectorAttribute? found = All.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
        if (found is null)
        {
            string[] known = [.. All.Select(c => c.Name).Distinct()];
            diagnostics.Report(OptionRules.UnknownConnector, span, name, known.Length == 0 ? "add Laminar.Connectors.Files or another to the program" : "there are " + string.Join(", ", known));
        }

        return found;
    }

    private object? Bind(Type type, IReadOnlyList<CompiledOption> given, TextSpan span, DiagnosticBag diagnostics)
    {
        object options = Activator.CreateInstance(type)!;
        PropertyInfo[] properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite)];
        var set = new HashSet<PropertyInfo>();
        bool isSound = true;
        foreach (CompiledOption option in given)
        {
            PropertyInfo? property = properties.FirstOrDefault(p => SqlName.Same(p.Name, option.Key));
            if (property is null)
            {
                string? nearest = NearestName.Of(option.Key, properties.Select(p => SqlName.ToSnakeCase(p.Name)));
                diagnostics.Add(new SqlDiagnostic(OptionRules.UnknownKey, option.KeySpan, option.Key, nearest is null ? "it takes " + string.Join(", ", properties.Select(p => SqlName.ToSnakeCase(p.Name))) : $"did you mean '{nearest}'?") { Suggestion = nearest });
                isSound = false;
            }
            else if (!set.Add(property))
            {
                diagnostics.Report(OptionRules.DuplicateKey, option.KeySpan, option.Key);
                isSound = false;
            }
            else
            {
                isSound &= TrySet(options, property, option, diagnostics);
            }
        }

        foreach (PropertyInfo missing in properties.Where(p => p.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)) && !set.Contains(p)))
        {
            diagnostics.Report(OptionRules.MissingKey, span, SqlName.ToSnakeCase(missing.Name));
            isSound = false;
        }

        return isSound ? options : null;
    }

    private bool TrySet(object options, PropertyInfo property, CompiledOption option, DiagnosticBag diagnostics)
    {
        try
        {
            property.SetValue(options, Value(property.PropertyType, option.Key, option.Value));
            return true;
        }
        catch (TargetInvocationException error) when (error.InnerException is LaminarException inner)
        {
            diagnostics.Report(OptionRules.BadValue, option.ValueSpan, option.Value, inner.Message);
        }
        catch (LaminarException error)
        {
            diagnostics.Report(OptionRules.BadValue, option.ValueSpan, option.Value, error.Message);
        }

        return false;
    }

    private object Value(Type type, string key, string value) => type switch
    {
        _ when type == typeof(bool) => variables.Boolean(key, value),
        _ when type == typeof(int) => variables.Int32(key, value),
        _ when type == typeof(long) => variables.Int64(key, value),
        _ when type == typeof(char) => variables.Character(key, value),
        _ when type == typeof(TimeSpan) => variables.Duration(key, value),
        _ when type.IsEnum => EnumOf.MakeGenericMethod(type).Invoke(variables, [key, value])!,
        _ => variables.Text(key, value),
    };
}
