using System.Security.Cryptography;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A random value of the wanted length and alphabet.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    private const int DefaultLength = 22;
    private const string LowerCharacters = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperCharacters = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string NumericCharacters = "0123456789";
    private const string SpecialCharacters = "-_.{}~()*+!";

    public int MinLength { get; set; }

    public bool Lower { get; set; } = true;

    public bool Upper { get; set; } = true;

    public bool Numeric { get; set; } = true;

    public bool Special { get; set; } = true;

    public int MinLower { get; set; }

    public int MinUpper { get; set; }

    public int MinNumeric { get; set; }

    public int MinSpecial { get; set; }

    public override string GetDefaultValue()
    {
        var classes = new[]
        {
            (Used: Lower, Characters: LowerCharacters, Minimum: MinLower),
            (Used: Upper, Characters: UpperCharacters, Minimum: MinUpper),
            (Used: Numeric, Characters: NumericCharacters, Minimum: MinNumeric),
            (Used: Special, Characters: SpecialCharacters, Minimum: MinSpecial),
        }.Where(set => set.Used).ToArray();
        if (classes.Length == 0)
        {
            throw new ArgumentException("At least one character class must be allowed.");
        }

        var value = classes.SelectMany(set => RandomNumberGenerator.GetItems<char>(set.Characters, set.Minimum)).ToList();
        var alphabet = string.Concat(classes.Select(set => set.Characters));
        var missing = Math.Max(MinLength > 0 ? MinLength : DefaultLength, value.Count) - value.Count;
        value.AddRange(RandomNumberGenerator.GetItems<char>(alphabet, missing));
        var shuffled = value.ToArray();
        RandomNumberGenerator.Shuffle(shuffled.AsSpan());
        return new string(shuffled);
    }

    public override void WriteToManifest(ManifestPublishingContext context)
    {
        var writer = context.Writer;
        writer.WriteStartObject("generate");
        writer.WriteNumber("minLength", MinLength);
        WriteFalse("lower", Lower);
        WriteFalse("upper", Upper);
        WriteFalse("numeric", Numeric);
        WriteFalse("special", Special);
        WriteMinimum("minLower", MinLower);
        WriteMinimum("minUpper", MinUpper);
        WriteMinimum("minNumeric", MinNumeric);
        WriteMinimum("minSpecial", MinSpecial);
        writer.WriteEndObject();

        void WriteFalse(string name, bool allowed)
        {
            if (!allowed)
            {
                writer.WriteBoolean(name, false);
            }
        }

        void WriteMinimum(string name, int minimum)
        {
            if (minimum > 0)
            {
                writer.WriteNumber(name, minimum);
            }
        }
    }
}
