using System.Globalization;
using Lmtp.Admin.Components.Users;
using Lmtp.Contracts;

namespace Lmtp.Tests.Unit.Admin;

public sealed class UserWindowTests
{
    private const int All = 100_000;

    private int _reads;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scrolling_through_a_hundred_thousand_users_keeps_a_few_pages()
    {
        var window = await StartAsync(All);
        for (var row = 0; row < All; row += 40)
        {
            await window.ShowAsync(row, row + 20, Token);

            var shown = window.Users.ToList();
            Assert.InRange(shown.Count, 1, 5 * UserWindow.PageSize);
            Assert.Equal(Name(window.RowsBefore), shown[0].Username);
            Assert.True(window.RowsBefore <= row && window.RowsBefore + shown.Count >= Math.Min(row + 20, All), $"row {row} is not there");
        }

        Assert.Equal(Name(All - 1), window.Users.Last().Username);
        Assert.Equal(0, window.RowsAfter);
    }

    [Fact]
    public async Task Jump_back_to_the_beginning_reads_what_is_in_sight_only()
    {
        var window = await StartAsync(All);
        for (var row = 0; row < 5_000; row += 40)
        {
            await window.ShowAsync(row, row + 20, Token);
        }

        _reads = 0;
        await window.ShowAsync(0, 20, Token);

        Assert.Equal(2, _reads);
        Assert.Equal((Name(0), 0), (window.Users.First().Username, window.RowsBefore));
        Assert.InRange(window.RowsAfter, 4_000, 6_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(51)]
    public async Task Short_list_is_kept_as_a_whole(int count)
    {
        var window = await StartAsync(count);
        await window.ShowAsync(0, 20, Token);

        Assert.Equal(count == 0, window.IsEmpty);
        Assert.Equal(count, window.Users.Count());
        Assert.Equal((0, 0), (window.RowsBefore, window.RowsAfter));
    }

    [Fact]
    public async Task Pages_that_have_fewer_are_found_by_what_they_have()
    {
        var window = await StartAsync(1_000, pageSize: 30);
        for (var row = 0; row < 1_000; row += 20)
        {
            await window.ShowAsync(row, row + 10, Token);

            Assert.True(window.RowsBefore <= row && window.RowsBefore + window.Users.Count() >= Math.Min(row + 10, 1_000), $"row {row} is not there");
            Assert.Equal(Name(window.RowsBefore), window.Users.First().Username);
        }
    }

    [Fact]
    public async Task User_that_changed_takes_the_place_of_its_former_state()
    {
        var window = await StartAsync(3);

        window.Replace(User(1) with { Disabled = true });

        Assert.Equal([false, true, false], window.Users.Select(user => user.Disabled));
    }

    private static string Name(int row) => row.ToString("D6", CultureInfo.InvariantCulture);

    private static UserResponse User(int row) => new() { Id = Name(row), Username = Name(row), Address = string.Empty };

    private async Task<UserWindow> StartAsync(int count, int pageSize = UserWindow.PageSize)
    {
        var window = new UserWindow((cursor, _) => Task.FromResult(Read(cursor, count, pageSize)));
        window.Start(Read(null, count, pageSize));
        await window.ShowAsync(0, 1, Token);
        return window;
    }

    private PageResponse<UserResponse> Read(string? cursor, int count, int pageSize)
    {
        _reads++;
        var from = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        var size = Math.Min(pageSize, count - from);
        return new PageResponse<UserResponse>([.. Enumerable.Range(from, size).Select(User)], from + size < count ? Name(from + size) : null);
    }
}
