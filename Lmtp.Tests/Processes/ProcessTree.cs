using System.Globalization;

namespace Lmtp.Tests.Processes;

/// <summary>Processes as /proc shows them.</summary>
internal static class ProcessTree
{
    /// <summary>What the process has started, and what that has started, and so on.</summary>
    public static int[] Descendants(int process)
    {
        Assert.SkipUnless(Directory.Exists("/proc"), "This test finds processes in /proc.");
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Select(id => (Id: id, Parent: Parent(id)))
            .ToLookup(entry => entry.Parent, entry => entry.Id);
        var found = new List<int>();
        var open = new Queue<int>(parents[process]);
        while (open.TryDequeue(out var next))
        {
            found.Add(next);
            foreach (var child in parents[next])
            {
                open.Enqueue(child);
            }
        }

        return [.. found];
    }

    private static int Parent(int process)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(status[(status.LastIndexOf(')') + 4)..].Split(' ')[0], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Waits until none of the processes is there any more; what was killed takes the kernel a moment to end.</summary>
    public static Task WaitForEndAsync(int[] processes, TimeSpan deadline) => Eventually.TrueAsync(
        () => !processes.Any(IsAlive), deadline, () => $"Still there: {string.Join(' ', processes.Where(IsAlive))}");

    /// <summary>True while the process is there; one that only waits to be reaped is not.</summary>
    public static bool IsAlive(int process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
