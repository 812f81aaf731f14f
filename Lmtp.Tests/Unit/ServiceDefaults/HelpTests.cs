using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using Lmtp.Admin;
using Lmtp.Server;

namespace Lmtp.Tests.Unit.ServiceDefaults;

/// <summary>What <c>--help</c> names is there.</summary>
public sealed partial class HelpTests
{
    [Fact]
    public void Every_setting_that_the_servers_help_names_can_be_set() => AllCanBeSet(ServerHelp.Text, typeof(ServerHelp).Assembly);

    [Fact]
    public void Every_setting_that_the_portals_help_names_can_be_set() => AllCanBeSet(PortalHelp.Text, typeof(PortalHelp).Assembly);

    private static void AllCanBeSet(string help, Assembly program)
    {
        var sections = program.GetTypes()
            .Select(type => (Type: type, Section: type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
            .Where(options => options.Section is not null)
            .ToList();
        var named = Setting().Matches(help).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, key => Assert.Contains(sections, options =>
            key.StartsWith($"{options.Section}:", StringComparison.Ordinal) && HasProperty(options.Type, key[(options.Section!.Length + 1)..].Split(':'))));
    }

    private static bool HasProperty(Type type, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty)
        {
            return true;
        }

        return int.TryParse(path[0], out _)
            ? ElementOf(type) is { } element && HasProperty(element, path[1..])
            : type.GetProperty(path[0]) is { } property && HasProperty(property.PropertyType, path[1..]);
    }

    private static Type? ElementOf(Type type) =>
        typeof(IEnumerable).IsAssignableFrom(type) && type.IsGenericType ? type.GetGenericArguments()[0] : null;

    [GeneratedRegex("--(Lmtp:[A-Za-z0-9:]+)=")]
    private static partial Regex Setting();
}
