using System.Text.Json;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

/// <summary>MongoDB's own specification tests, run by MongoDB's own driver.</summary>
public sealed class UnifiedSpecificationTests
{
    private const double RequiredShare = 0.6;

    [Fact]
    public async Task All_applicable_tests_pass_and_most_are_applicable()
    {
        var driver = NodeDriver.Require();
        var folder = SharedData.RequireDirectory("spec-tests/mongodb");
        await using var server = await MongoTestServer.StartAsync();
        var output = await NodeDriver.RunAsync(
            NodeDriver.Script("unified-runner.js"),
            driver,
            server.Uri,
            Path.Combine(folder, "crud"),
            Path.Combine(folder, "run-command"));
        var results = output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<Result>(line, JsonSerializerOptions.Web)!)
            .ToList();

        var passed = results.Count(result => result.Outcome == "passed");
        var failed = results.Where(result => result.Outcome == "failed").ToList();
        var reasons = results
            .Where(result => result.Outcome == "skipped")
            .GroupBy(result => result.Reason)
            .OrderByDescending(group => group.Count())
            .Select(group => $"  {group.Count()} x {group.Key}");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{passed} passed, {failed.Count} failed, {results.Count - passed - failed.Count} not applicable:\n{string.Join('\n', reasons)}");

        Assert.Empty(failed.Select(result => $"{result.File}: {result.Test}: {result.Reason}"));
        Assert.True(passed >= results.Count * RequiredShare, $"only {passed} of {results.Count} tests are applicable");
    }

    private sealed record Result(string File, string Test, string Outcome, string? Reason);
}
