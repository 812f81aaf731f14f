using Lmtp.Server.Filters;

namespace Lmtp.Tests.Integration.Delivery.Scenarios;

/// <summary>The delivery decisions of the corpus, each taken by the whole delivery.</summary>
public sealed class ScenarioTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private const string OverrideReason =
        "meta.overrides is filled by the Zilter client inside WildDuck's MX plugin, between scanning and filters; LMTP has no " +
        "means to hand it over, WildDuck's own LMTP server never sets it, and a delivery without it is the one of other scenarios";

    /// <summary>All but those of WildDuck's MX plugin.</summary>
    public static TheoryData<string> Delivered => [.. new[]
    {
        "autoreply",
        "autoreply-and-forward",
        "autoreply-auto-submitted",
        "autoreply-auto-submitted-no",
        "autoreply-html-name-no-subject",
        "autoreply-mailer-daemon",
        "autoreply-null-sender",
        "autoreply-over",
        "autoreply-precedence-bulk",
        "autoreply-status-false",
        "autoreply-user-flag-off",
        "duplicate",
        "duplicate-still-forwards",
        "existing-delivered-to-and-classification",
        "filter-delete-and-forward",
        "filter-delete-false",
        "filter-encoded-subject",
        "filter-folder-first-wins",
        "filter-folder-missing",
        "filter-from-matches-sender",
        "filter-not-spam",
        "filter-seen-flag-false",
        "filter-size-larger",
        "filter-spam-null",
        "filter-text-html-only",
        "filter-text-phrase",
        "filter-to-matches-cc",
        "forward-loop",
        "forward-rate-limited",
        "forward-relay-and-http",
        "forward-same-target-twice",
        "forward-user-targets",
        "list-mail-no-address-register",
        "noreply-no-address-register",
        "null-sender",
        "received-meta",
        "received-meta-second",
        "retention-folder",
        "second-recipient-reuses",
        "spamlevel-0",
        "spamlevel-missing",
        "two-from-address-register",
        "unicode-sender",
    }];

    /// <summary>Verdicts of a scanner, which reach WildDuck only through its MX plugin, with the scores that it gives them.</summary>
    public static TheoryData<string, int> ScannerVerdicts => new()
    {
        { "spamaction-0-no_action", 0 },
        { "spamaction-25-add_header", 25 },
        { "spamaction-50-greylist", 50 },
        { "spamaction-50-reject", 75 },
        { "spamaction-50-soft_reject", 50 },
        { "spamaction-50-unknown_thing", 0 },
        { "spamaction-76-reject", 75 },
    };

    /// <summary>Scenarios that no LMTP delivery can bring about, with the reason.</summary>
    private static readonly Dictionary<string, string> Unreachable = new(StringComparer.Ordinal)
    {
        ["override-flag-spam"] = OverrideReason,
        ["override-headers"] = OverrideReason,
    };

    [Fact]
    public void Every_scenario_is_run_or_has_a_reason_why_it_cannot_be()
    {
        var names = Directory.GetFiles(SharedData.RequireDirectory("corpus/scenarios"), "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal).ToList();
        var run = Delivered.Select(row => row.Data).Concat(ScannerVerdicts.Select(row => row.Data.Item1)).ToHashSet();
        foreach (var (name, reason) in Unreachable)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{name}: not run, because {reason}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{run.Count} of {names.Count} scenarios are run.");
        Assert.Equal(names, run.Concat(Unreachable.Keys).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Delivered))]
    public async Task Delivery_does_what_WildDuck_does(string name)
    {
        var scenario = Scenario.Read(name);
        await fixture.PrepareAsync(scenario);
        var outcomes = await fixture.DeliverAsync(scenario);
        Assert.Empty(await new ScenarioComparison(fixture).DifferencesAsync(scenario, outcomes));
    }

    [Theory]
    [MemberData(nameof(ScannerVerdicts))]
    public void Score_of_a_scanner_decides_against_the_spam_level(string name, int score)
    {
        var scenario = Scenario.Read(name);
        var decision = FilterEngine.Decide(new FilterInput
        {
            Message = new FilterMessage { Headers = [], Text = "", Size = 1 },
            Filters = [],
            SpamLevel = scenario.User["spamLevel"].ToInt32(),
            SpamScore = score,
        });
        var result = scenario.Results[0];
        Assert.Equal(result.GetProperty("folder").GetString() == "Junk", decision.IsSpam ?? false);
        Assert.Equal(
            result.GetProperty("stored").GetProperty("mimeTree.header").EnumerateArray()
                .Select(line => line.GetString()!)
                .Where(line => line.StartsWith("WD-", StringComparison.Ordinal)),
            decision.ClassificationFields.Select(field => $"{field.Name}: {field.Value}"));
    }
}
