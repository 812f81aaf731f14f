using Lmtp.Admin.Components.Addresses;
using Lmtp.Contracts;

namespace Lmtp.Tests.Unit.Admin;

public sealed class ResolutionLadderTests
{
    [Fact]
    public void Steps_that_found_nothing_stand_before_the_one_that_did()
    {
        var ladder = ResolutionLadder.Of(Resolution(true, ("normalise", "x@a.test"), ("lookup", "x@a.test"), ("wildcard", "*@a.test"), ("user", "1")));

        Assert.Equal(
            [LadderState.Done, LadderState.Done, LadderState.Missed, LadderState.Missed, LadderState.Found, LadderState.Done],
            ladder.Select(step => step.State));
    }

    [Fact]
    public void Address_that_nobody_has_missed_every_search()
    {
        var ladder = ResolutionLadder.Of(Resolution(false, ("normalise", "x@a.test"), ("lookup", "x@a.test"), ("none", "Nobody.")));

        Assert.Equal(4, ladder.Count(step => step.State == LadderState.Missed));
        Assert.Equal((LadderState.Refused, "Nobody."), (ladder[^1].State, ladder[^1].Explanation));
    }

    [Fact]
    public void User_who_may_not_receive_is_where_the_way_ends()
    {
        var ladder = ResolutionLadder.Of(Resolution(false, ("lookup", "x@a.test"), ("exact", "x@a.test"), ("user", "1")));

        Assert.Equal([LadderState.Done, LadderState.Found, LadderState.Refused], ladder.Select(step => step.State));
    }

    private static AddressResolutionResponse Resolution(bool accepted, params (string Step, string Result)[] steps) => new()
    {
        Address = "x@a.test",
        Accepted = accepted,
        Outcome = accepted ? "accepted" : "unknown_recipient",
        Steps = [.. steps.Select(step => new ResolutionStepResponse(step.Step, step.Result))],
    };
}
