using Lmtp.Admin.Components.Messages;
using Lmtp.Contracts;

namespace Lmtp.Tests.Unit.Admin;

public sealed class MessageSelectionTests
{
    private readonly MessageSelection _selection = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Range_goes_from_the_message_touched_last_in_either_direction()
    {
        var shown = List(1, 2, 3, 4, 5);

        _selection.Toggle(shown[3], isRange: false, shown);
        _selection.Toggle(shown[1], isRange: true, shown);

        Assert.Equal(["2", "3", "4"], _selection.Messages.Select(message => message.Id).Order());
    }

    [Fact]
    public void Range_without_a_beginning_is_the_message_alone()
    {
        var shown = List(1, 2, 3);

        _selection.Toggle(shown[2], isRange: true, shown);

        Assert.Equal(["3"], _selection.Messages.Select(message => message.Id));
    }

    [Fact]
    public void Message_that_is_touched_twice_is_not_selected()
    {
        var shown = List(1);

        _selection.Toggle(shown[0], isRange: false, shown);
        _selection.Toggle(shown[0], isRange: false, shown);

        Assert.Equal(0, _selection.Count);
    }

    [Fact]
    public void List_is_held_when_all_of_it_is_selected_and_an_empty_one_never()
    {
        var shown = List(1, 2);
        _selection.Set(shown, true);

        Assert.True(_selection.Holds(shown));
        Assert.False(_selection.Holds(List(1, 2, 3)));
        Assert.False(_selection.Holds([]));
        Assert.Equal(2 * 100, _selection.Size);
    }

    [Fact]
    public void What_is_gone_from_the_screen_is_selected_no_longer_and_what_never_was_on_it_stays()
    {
        _selection.Set(List(1, 2, 9), true);

        _selection.Follow(List(1, 2), List(2, 3));

        Assert.Equal(["2", "9"], _selection.Messages.Select(message => message.Id).Order());
    }

    [Fact]
    public async Task All_pages_are_selected_to_the_last()
    {
        List<int> progress = [];
        var run = new SelectionRun(_selection, (cursor, _) => Task.FromResult(cursor == "a" ? Page("b", 1, 2) : Page(null, 3)));

        await run.RunAsync("a", () => progress.Add(_selection.Count), Token);

        Assert.Equal([2, 3], progress);
    }

    [Fact]
    public async Task Run_that_is_ended_reads_no_further_page_and_keeps_what_it_has()
    {
        SelectionRun? run = null;
        run = new SelectionRun(_selection, (_, _) => Task.FromResult(Page("more", 1, 2)));

        await run.RunAsync("a", () => run.End(), Token);

        Assert.Equal(2, _selection.Count);
    }

    private static PageResponse<MessageSummaryResponse> Page(string? cursor, params int[] ids) => new(List(ids), cursor);

    private static List<MessageSummaryResponse> List(params int[] ids) => [.. ids.Select(id => new MessageSummaryResponse
    {
        Id = id.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Mailbox = "inbox",
        Subject = "subject",
        MessageId = string.Empty,
        Size = 100,
    })];
}
