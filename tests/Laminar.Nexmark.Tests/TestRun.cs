using NUnit.Framework;

namespace Laminar.Nexmark.Tests;

/// <summary>What the tests share goes when all have run.</summary>
[SetUpFixture]
public sealed class TestRun
{
    [OneTimeTearDown]
    public void ForgetBatches() => Batch.Forget();
}
