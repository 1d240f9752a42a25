using System;
using System.Linq;
using System.Threading;
using Laminar.Analyzers.Literals;
using Laminar.Analyzers.Rules;
using Laminar.Generators.Discovery;
using Laminar.Generators.Model;
using Laminar.Generators.Pipelines;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;

namespace Laminar.Analyzers.Reports;

/// <summary>A class with [StreamPipeline].</summary>
internal static class PipelineReport
{
    public static void Report(AttributeUse use, ProjectState state, Findings findings, CancellationToken cancellation)
    {
        PipelineModel written = PipelineDiscovery.Read(use.Type, use.Attribute, cancellation);
        PipelineModel pipeline = SqlFiles.Resolve(written, state.Files, state.ProjectFolder);
        TypeReport.Problem(pipeline.Type.Problem, use.Type, use.NameLocation, findings, cancellation);
        if (!use.Type.IsStatic)
        {
            findings.Add(UsageRules.PipelineNotStatic, use.NameLocation, use.Name);
        }

        TextReport.Report(use, pipeline.Sql, pipeline.File, pipeline.IsTextMissing, state, findings);
        if (state.References.HostType.Length == 0)
        {
            findings.Add(UsageRules.NoRuntime, use.NameLocation, use.Name);
        }

        // The text of a file is reported with the file.
        if (pipeline.IsTextMissing || written.Sql.Length == 0 || use.Positional is not { } argument)
        {
            return;
        }

        Text(Check(pipeline, state), use.Place(argument, pipeline.Sql, cancellation), findings);
    }

    public static PipelineCheck Check(PipelineModel pipeline, ProjectState state) => PipelineCheck.Of(pipeline, state.References.Connectors, state.References.HostType, state.Signatures.Functions);

    public static void Text(PipelineCheck check, SqlPlace place, Findings findings)
    {
        foreach (SqlDiagnostic diagnostic in check.Script.Diagnostics)
        {
            findings.Add(diagnostic, place);
        }

        foreach (OptionProblem problem in check.Problems)
        {
            if (RuleOf(problem.Kind) is { } rule)
            {
                string? nearest = NearestName.Of(problem.Name, problem.Candidates);
                string? suggestion = nearest is null ? null : problem.Kind is OptionProblemKind.UnknownConnector or OptionProblemKind.BadValue ? "'" + nearest + "'" : nearest;
                findings.Add(rule, place, problem.Span, suggestion, problem.Name, Help(problem, nearest));
            }
        }
    }

    private static string Help(OptionProblem problem, string? nearest)
    {
        if (nearest is not null)
        {
            return "did you mean '" + nearest + "'?";
        }

        string all = string.Join(", ", problem.Candidates.Distinct(StringComparer.Ordinal).Select(candidate => "'" + candidate + "'"));
        return (problem.Kind, all.Length) switch
        {
            (OptionProblemKind.BadValue, 0) => "write a literal of the option's type, such as 10, TRUE or '30s'",
            (OptionProblemKind.BadValue, _) => "write one of " + all,
            (OptionProblemKind.UnknownConnector or OptionProblemKind.NoConnector, 0) => "reference an assembly that brings one, such as Laminar.Connectors.Files",
            (_, 0) => "there are no options",
            _ => "there are " + all,
        };
    }

    private static SqlRule? RuleOf(OptionProblemKind kind) => kind switch
    {
        OptionProblemKind.UnknownConnector => ConnectorRules.UnknownConnector,
        OptionProblemKind.NoConnector => ConnectorRules.NoConnector,
        OptionProblemKind.CannotRead => ConnectorRules.CannotRead,
        OptionProblemKind.CannotAppend => ConnectorRules.CannotAppend,
        OptionProblemKind.CannotUpdate => ConnectorRules.CannotUpdate,
        OptionProblemKind.UnknownKey => ConnectorRules.UnknownKey,
        OptionProblemKind.DuplicateKey => ConnectorRules.DuplicateKey,
        OptionProblemKind.BadValue => ConnectorRules.BadValue,
        OptionProblemKind.MissingKey => ConnectorRules.MissingKey,
        OptionProblemKind.TakenName => ConnectorRules.TakenName,
        OptionProblemKind.UnreadSource => ConnectorRules.UnreadSource,
        OptionProblemKind.UnreadStream => ConnectorRules.UnreadStream,
        OptionProblemKind.UnreadColumn => ConnectorRules.UnreadColumn,
        OptionProblemKind.OpenVariable => ConnectorRules.OpenVariable,
        OptionProblemKind.TakenTarget => ConnectorRules.TakenTarget,
        OptionProblemKind.AtLeastOnce => ConnectorRules.AtLeastOnce,

        // Said on the class, whether or not there is a text.
        _ => null,
    };
}
