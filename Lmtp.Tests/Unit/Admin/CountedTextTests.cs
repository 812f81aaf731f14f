using System.Globalization;
using System.Text.RegularExpressions;
using Lmtp.Admin.Resources;

namespace Lmtp.Tests.Unit.Admin;

public sealed partial class CountedTextTests
{
    [Theory]
    [InlineData(0, "0 messages")]
    [InlineData(1, "1 message")]
    [InlineData(2, "2 messages")]
    [InlineData(1234, "1,234 messages")]
    public void Number_decides_about_the_form(long count, string text)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        Assert.Equal(text, CountedText.Of("CountMessages", count));
    }

    [Fact]
    public void Further_places_are_filled_in_too()
    {
        Assert.Equal("0 of 1 message would match.", CountedText.Of("FilterTriedCount", 1, 0));
        Assert.Equal("1 of 2 messages would match.", CountedText.Of("FilterTriedCount", 2, 1));
    }

    [Fact]
    public void Text_without_forms_is_named()
    {
        var exception = Assert.Throws<ArgumentException>(() => CountedText.Of("Nothing at all", 1));

        Assert.Contains("Nothing at all", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_text_with_one_form_has_the_other()
    {
        var names = Names();

        Assert.NotEmpty(names);
        Assert.Equal(
            names.Where(name => name.EndsWith("_one", StringComparison.Ordinal)).Select(name => name[..^4]).Order(StringComparer.Ordinal),
            names.Where(name => name.EndsWith("_other", StringComparison.Ordinal)).Select(name => name[..^6]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_counted_text_that_a_page_asks_for_is_there()
    {
        var names = Names();
        var portal = Path.Combine(Repository.Root, "Lmtp.Admin");
        var asked = Directory.EnumerateFiles(portal, "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => Asked().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .ToList();

        Assert.NotEmpty(asked);
        Assert.All(asked, name => Assert.Contains($"{name}_other", names));
    }

    private static HashSet<string> Names()
    {
        // Shared with the whole process, so not to be disposed of.
        var texts = Texts.ResourceManager.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!;
        return [.. texts.Cast<System.Collections.DictionaryEntry>().Select(text => (string)text.Key)];
    }

    [GeneratedRegex("CountedText\\.Of\\(\"(\\w+)\"")]
    private static partial Regex Asked();
}
