using Lmtp.Admin.Components.Users;
using Lmtp.Contracts;

namespace Lmtp.Tests.Unit.Admin;

public sealed class UserDraftTests
{
    private const long Day = 24L * 60 * 60 * 1000;

    private static readonly UserResponse Stored = new()
    {
        Id = "0123456789abcdef01234567",
        Username = "alice",
        Name = "Alice",
        Address = "alice@example.test",
        SpamLevel = 50,
        Retention = 2 * Day,
        Forwards = 5,
        Targets = ["a@b.test"],
        Tags = ["one", "two"],
    };

    [Fact]
    public void Nothing_changed_is_nothing_to_save() => Assert.Null(UserDraft.Of(Stored).ChangesTo(Stored));

    [Fact]
    public void Only_what_was_changed_is_saved()
    {
        var draft = UserDraft.Of(Stored);
        draft.SpamLevel = 0;
        draft.RetentionDays = 0.5;
        draft.Targets = " x@y.test \n\nz@y.test";

        var changes = draft.ChangesTo(Stored)!;

        Assert.Equivalent(
            new UpdateUserRequest { SpamLevel = 0, Retention = Day / 2, Targets = ["x@y.test", "z@y.test"] }, changes, strict: true);
    }

    [Fact]
    public void Emptied_number_takes_the_default()
    {
        var draft = UserDraft.Of(Stored);
        draft.Forwards = null;

        Assert.Equal(0, draft.ChangesTo(Stored)!.Forwards);
    }

    [Fact]
    public void What_was_not_touched_follows_another_state_and_what_was_stays()
    {
        var draft = UserDraft.Of(Stored);
        draft.Name = "Mine";
        var theirs = Stored with { Name = "Theirs", SpamLevel = 7 };

        var rebased = draft.Rebase(Stored, theirs);

        Assert.Equal(("Mine", 7), (rebased.Name, rebased.SpamLevel));
        Assert.Equivalent(new UpdateUserRequest { Name = "Mine" }, rebased.ChangesTo(theirs), strict: true);
    }

    [Fact]
    public void Differences_of_two_states_are_told_in_words()
    {
        var differences = UserDraft.Differences(Stored, Stored with { Name = null, Disabled = true });

        Assert.Equal([("Display name", "Alice", ""), ("Disabled", "no", "yes")], differences);
    }

    [Fact]
    public void Times_of_an_automatic_reply_are_those_of_the_viewers_zone()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Tallinn");
        var stored = new AutoreplyResponse
        {
            Enabled = true,
            Start = new DateTimeOffset(2026, 1, 15, 10, 0, 0, TimeSpan.Zero),
            End = new DateTimeOffset(2026, 7, 15, 10, 0, 0, TimeSpan.Zero),
        };

        var draft = AutoreplyDraft.Of(stored, zone);
        var request = draft.ToRequest(zone);

        Assert.Equal((new DateTime(2026, 1, 15, 12, 0, 0), new DateTime(2026, 7, 15, 13, 0, 0)), (draft.Start, draft.End));
        Assert.Equal((stored.Start, stored.End), (request.Start, request.End));
    }
}
