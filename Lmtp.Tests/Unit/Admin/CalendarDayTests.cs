using Lmtp.Admin.Components.Parts;

namespace Lmtp.Tests.Unit.Admin;

public sealed class CalendarDayTests
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.CreateCustomTimeZone("Tokyo", TimeSpan.FromHours(9), null, null);

    [Fact]
    public void Day_begins_and_ends_at_midnight_of_its_zone()
    {
        var day = new DateOnly(2026, 3, 1);

        Assert.Equal(new DateTimeOffset(2026, 2, 28, 15, 0, 0, TimeSpan.Zero), CalendarDay.StartOf(day, Tokyo));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 15, 0, 0, TimeSpan.Zero), CalendarDay.EndOf(day, Tokyo));
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public void Day_at_the_edge_of_the_calendar_narrows_nothing(string text)
    {
        var day = CalendarDay.Parse(text);

        Assert.NotNull(day);
        Assert.Null(CalendarDay.StartOf(day, Tokyo));
        Assert.Null(CalendarDay.EndOf(day, Tokyo));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-02-30")]
    [InlineData("1.3.2026")]
    public void Text_that_is_no_day_is_none(string? text)
    {
        Assert.Null(CalendarDay.Parse(text));
    }

    [Fact]
    public void Day_is_read_as_it_was_written()
    {
        var day = new DateOnly(2026, 11, 21);
        Assert.Equal(day, CalendarDay.Parse(CalendarDay.Write(day)));
    }
}
