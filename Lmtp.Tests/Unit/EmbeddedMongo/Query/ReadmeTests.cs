using System.Text.RegularExpressions;
using Lmtp.EmbeddedMongo;
using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Commands.Administration;
using Lmtp.EmbeddedMongo.Commands.Authentication;
using Lmtp.EmbeddedMongo.Commands.Cursors;
using Lmtp.EmbeddedMongo.Query.Aggregation;
using Lmtp.EmbeddedMongo.Query.Expressions;
using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Updates;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Query;

public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "Lmtp.EmbeddedMongo", "README.md"));

    [Fact]
    public void Commands_are_those_of_the_server() => AssertSame("Commands", Commands().Select(command => command.Name));

    [Fact]
    public void Filter_operators_are_those_of_the_server() => AssertSame("Filter operators", FilterParser.OperatorNames);

    [Fact]
    public void Update_operators_are_those_of_the_server() => AssertSame("Update operators", UpdateOperators.Names);

    [Fact]
    public void Stages_are_those_of_the_server() => AssertSame("Pipeline stages", Pipeline.StageNames);

    [Fact]
    public void Accumulators_are_those_of_the_server() => AssertSame("Accumulators", Accumulators.Names);

    [Fact]
    public void Expression_operators_are_those_of_the_server() => AssertSame("Expression operators", ExpressionParser.OperatorNames);

    [Fact]
    public void Index_options_are_those_of_the_server() => AssertSame("Index options", IndexSpecificationParser.Options);

    [Fact]
    public void Options_without_effect_are_those_of_the_server()
    {
        var expected = Commands()
            .Where(command => command.IgnoredFields.Count > 0)
            .Select(command => Line($"`{command.Name}`", command.IgnoredFields))
            .Append(Line("every command", CommonFields.Ignored))
            .Append(Line("index specifications", IndexSpecificationParser.IgnoredOptions))
            .Order(StringComparer.Ordinal);
        var actual = Section("Accepted without effect")
            .Split('\n')
            .Where(line => line.StartsWith("- ", StringComparison.Ordinal))
            .Select(line => line.Replace(" (`local`, `available`, `majority`)", string.Empty, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        Assert.Equal(expected, actual);
    }

    private static string Line(string owner, IEnumerable<string> names) =>
        $"- {owner}: {string.Join(", ", names.Order(StringComparer.Ordinal).Select(name => $"`{name}`"))}";

    private static void AssertSame(string section, IEnumerable<string> names)
    {
        var first = Section(section).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[0];
        var listed = Name().Matches(first).Select(match => match.Groups[1].Value);
        Assert.Equal(names.Order(StringComparer.Ordinal), listed);
    }

    private static string Section(string title)
    {
        var start = Readme.IndexOf($"## {title}\n", StringComparison.Ordinal) + title.Length + 4;
        var end = Readme.IndexOf("\n## ", start, StringComparison.Ordinal);
        return (end < 0 ? Readme[start..] : Readme[start..end]).TrimStart('\n');
    }

    private static IReadOnlyList<Command> Commands()
    {
        var options = new EmbeddedMongoOptions();
        return CommandTable.Create(
            new Database(options, Lmtp.EmbeddedMongo.Engine.Files.DiskFileSystem.Instance, TimeProvider.System, NullLogger<Lmtp.EmbeddedMongo.Engine.StorageEngine>.Instance),
            new CursorRegistry(options, TimeProvider.System),
            new Authenticator(options),
            options,
            TimeProvider.System);
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
