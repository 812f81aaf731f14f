using System.Globalization;
using Lmtp.Server.Filters.Conditions;

namespace Lmtp.Server.Filters.Extensions;

/// <summary>Reads one condition.</summary>
internal static class ConditionParser
{
    private const int MaxName = 128;
    private const int MaxValue = 1024;
    private const int MaxZone = 64;
    private const long MaxSize = 1L << 40;
    private const int MaxScore = 100;
    private const int DaysInWeek = 7;

    private static readonly string[] Weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>The condition; null when something is wrong with it, which is noted.</summary>
    public static FilterTest? Parse(FieldReader reader)
    {
        if (!reader.Has("type"))
        {
            reader.Fail("type", "is required");
            return null;
        }

        var type = reader.Choice<ConditionType>("type");
        var isNegated = reader.Flag("not") ?? false;
        FilterTest? test = type switch
        {
            ConditionType.Header => Header(reader, isNegated),
            ConditionType.Sender => Address(reader, FilterCondition.Sender, isNegated),
            ConditionType.Recipient => Address(reader, FilterCondition.Recipient, isNegated),
            ConditionType.OriginalRecipient => Address(reader, FilterCondition.OriginalRecipient, isNegated),
            ConditionType.Tag => Address(reader, FilterCondition.Tag, isNegated),
            ConditionType.AttachmentName => Attachment(reader, FilterCondition.AttachmentName, isNegated),
            ConditionType.AttachmentType => Attachment(reader, FilterCondition.AttachmentType, isNegated),
            ConditionType.Size => Range(reader, FilterCondition.Size, MaxSize, isNegated),
            ConditionType.SpamScore => Range(reader, FilterCondition.SpamScore, MaxScore, isNegated),
            ConditionType.Date => Date(reader, isNegated),
            ConditionType.Weekday => Weekday(reader, isNegated),
            ConditionType.List => new ListTest { IsNegated = isNegated },
            ConditionType.Body => Pattern(reader) is { } pattern ? new BodyTest(pattern) { IsNegated = isNegated } : null,
            _ => null,
        };
        if (type is not null)
        {
            reader.End();
        }

        return test;
    }

    private static HeaderTest? Header(FieldReader reader, bool isNegated)
    {
        var name = reader.RequiredText("name", MaxName);
        var pattern = Pattern(reader);
        if (name is not null && name.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            reader.Fail("name", "must be the name of a header field");
            name = null;
        }

        return name is null || pattern is null
            ? null
            : new HeaderTest(name.ToLowerInvariant(), pattern) { IsNegated = isNegated };
    }

    private static AddressTest? Address(FieldReader reader, FilterCondition condition, bool isNegated) =>
        Pattern(reader) is { } pattern ? new AddressTest(condition, pattern) { IsNegated = isNegated } : null;

    private static AttachmentTest? Attachment(FieldReader reader, FilterCondition condition, bool isNegated) =>
        Pattern(reader) is { } pattern ? new AttachmentTest(condition, pattern) { IsNegated = isNegated } : null;

    private static RangeTest? Range(FieldReader reader, FilterCondition condition, double greatest, bool isNegated)
    {
        var min = reader.Number("min", 0, greatest);
        var max = reader.Number("max", 0, greatest);
        if (!reader.Has("min") && !reader.Has("max"))
        {
            reader.Fail("min", "is required when there is no max");
            return null;
        }

        if (min > max)
        {
            reader.Fail("min", "must not be greater than max");
        }

        return new RangeTest(condition, min, max) { IsNegated = isNegated };
    }

    private static DateTest? Date(FieldReader reader, bool isNegated)
    {
        var from = Day(reader, "from");
        var to = Day(reader, "to");
        var (zone, ofHeader) = Clock(reader);
        if (!reader.Has("from") && !reader.Has("to"))
        {
            reader.Fail("from", "is required when there is no to");
            return null;
        }

        if (from > to)
        {
            reader.Fail("from", "must not be later than to");
        }

        return new DateTest(from, to, zone, ofHeader) { IsNegated = isNegated };
    }

    private static WeekdayTest Weekday(FieldReader reader, bool isNegated)
    {
        var days = reader.Texts(
            "days", DaysInWeek, day => Weekdays.Contains(day) ? null : $"must be one of {string.Join(", ", Weekdays)}");
        if (!reader.Has("days"))
        {
            reader.Fail("days", "is required");
        }
        else if (days.Count == 0)
        {
            reader.Fail("days", "must name a day");
        }

        var (zone, ofHeader) = Clock(reader);
        return new WeekdayTest([.. days.Select(day => (DayOfWeek)Array.IndexOf(Weekdays, day))], zone, ofHeader)
        {
            IsNegated = isNegated,
        };
    }

    private static (TimeZoneInfo Zone, bool OfHeader) Clock(FieldReader reader)
    {
        var zone = TimeZoneInfo.Utc;
        if (reader.Text("zone", MaxZone) is { } id && !TimeZoneInfo.TryFindSystemTimeZoneById(id, out zone!))
        {
            reader.Fail("zone", "must be the name of a time zone, such as Europe/Tallinn");
            zone = TimeZoneInfo.Utc;
        }

        return (zone, reader.Choice<DateSource>("of") == DateSource.Header);
    }

    private static DateOnly? Day(FieldReader reader, string name)
    {
        if (reader.Text(name, MaxName) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        reader.Fail(name, "must be a date as in 2026-01-31");
        return null;
    }

    private static TextPattern? Pattern(FieldReader reader)
    {
        if (!reader.Has("op"))
        {
            reader.Fail("op", "is required");
        }

        if (reader.Choice<TextOperator>("op") is not { } comparison)
        {
            reader.Has("value");
            return null;
        }

        if (comparison == TextOperator.Exists)
        {
            return TextPattern.Create(comparison, "");
        }

        var maxLength = comparison is TextOperator.Wildcard or TextOperator.Regex ? TextPattern.MaxPatternLength : MaxValue;
        if (reader.RequiredText("value", maxLength) is not { } value)
        {
            return null;
        }

        try
        {
            return TextPattern.Create(comparison, value);
        }
        catch (ArgumentException)
        {
            reader.Fail("value", "must be a regular expression");
        }
        catch (NotSupportedException)
        {
            reader.Fail("value", "must be a regular expression without look-around, back-references and large repetitions");
        }

        return null;
    }

    private enum ConditionType
    {
        Header,
        Sender,
        Recipient,
        OriginalRecipient,
        Tag,
        AttachmentName,
        AttachmentType,
        Size,
        SpamScore,
        Date,
        Weekday,
        List,
        Body,
    }

    private enum DateSource
    {
        Received,
        Header,
    }
}
