using Laminar.Runtime.Flow;
using Laminar.Runtime.Graph;
using Laminar.Runtime.Queries;
using Laminar.Storage;
using Microsoft.Extensions.Logging;

namespace Laminar.Runtime.Life;

/// <summary>What the newest manifest says, brought back into the placed graph: the state of stages, and where sinks stood.</summary>
internal static class SavedState
{
    /// <exception cref="SnapshotException">It is damaged, or of another graph.</exception>
    public static void Restore(StageGraph graph, GraphPlacement placement, StateStore store, ILogger logger)
    {
        if (store.Recovered is not { } recovered)
        {
            return;
        }

        foreach (string damaged in recovered.DamagedManifests)
        {
            logger.LogError("The manifest {Manifest} is damaged; the one before it is used. Sinks may already show its rows.", damaged);
        }

        Manifest manifest = recovered.Manifest;
        RestoreStages(placement, store, manifest);
        CheckNames(graph, placement, manifest, logger);
        foreach (ISinkTask sink in placement.Sinks)
        {
            SinkToken? token = manifest.Sinks.FirstOrDefault(s => s.Sink == sink.Name);
            sink.Recover(token is null ? 0 : manifest.Epoch, token?.Token ?? default);
        }

        foreach (IQueryNode query in graph.Queries)
        {
            query.Restored(manifest.Epoch);
        }

        logger.LogInformation("Recovered epoch {Epoch}.", manifest.Epoch);
    }

    private static void RestoreStages(GraphPlacement placement, StateStore store, Manifest manifest)
    {
        Dictionary<string, IStageInstance> stages = placement.Stages.ToDictionary(s => s.Section);
        foreach (SnapshotSection section in manifest.Sections)
        {
            if (!stages.TryGetValue(section.Task, out IStageInstance? stage))
            {
                throw new SnapshotException(
                    $"The saved state of {section.Task} belongs to no query of this runtime. Add the query, or start with another data directory.");
            }

            stage.Restore(store.ReadSection(section));
        }
    }

    private static void CheckNames(StageGraph graph, GraphPlacement placement, Manifest manifest, ILogger logger)
    {
        foreach (string source in manifest.Sources.Select(s => s.Source).Distinct().Except(graph.Sources.Select(s => s.Name)))
        {
            throw new SnapshotException(
                $"The saved state has the source {source}, which this runtime hasn't. Add it, or start with another data directory.");
        }

        foreach (string sink in manifest.Sinks.Select(s => s.Sink).Except(placement.Sinks.Select(s => s.Name)))
        {
            logger.LogWarning("The saved state has the sink {Sink}, which this runtime hasn't: what it had prepared last may never be seen.", sink);
        }
    }
}
