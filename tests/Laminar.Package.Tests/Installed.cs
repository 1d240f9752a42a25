using System.Diagnostics;
using System.Runtime.InteropServices;
using Laminar.Testing;

namespace Laminar.Package.Tests;

/// <summary>
/// The project in <c>Shop</c>, copied to where nothing of the checkout is in sight, with the package installed from a folder. Everything restored for it lies in
/// a folder of its own, so that no other build's copy of the package is taken for this one.
/// </summary>
internal sealed class Installed : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private const string Version = "0.1.0-under-test";

    private const string ProjectFile = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <PublishAot>true</PublishAot>
            <PublishTrimmed Condition="'$(PublishAot)' != 'true'">true</PublishTrimmed>
            <SelfContained>true</SelfContained>
            <TrimmerSingleWarn>false</TrimmerSingleWarn>
            <InvariantGlobalization>true</InvariantGlobalization>
            <RestorePackagesPath>packages</RestorePackagesPath>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Laminar.Generators" Version="{Version}" />
          </ItemGroup>
        </Project>
        """;

    // Beside whatever sources the machine has for packages of others.
    private const string NuGetConfig = """<configuration><packageSources><add key="packed-by-test" value="feed" /></packageSources></configuration>""";

    public Installed()
    {
        Folder = Directory.CreateTempSubdirectory("laminar-package-").FullName;
        string shop = Path.Combine(Checkout.Root, "tests", "Laminar.Package.Tests", "Shop");
        foreach (string file in Directory.EnumerateFiles(shop, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(Folder, Path.GetRelativePath(shop, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        File.WriteAllText(Path.Combine(Folder, "Shop.csproj"), ProjectFile);
        File.WriteAllText(Path.Combine(Folder, "NuGet.config"), NuGetConfig);
    }

    public string Folder { get; }

    public string PackagePath => Path.Combine(Folder, "feed", $"Laminar.Generators.{Version}.nupkg");

    /// <summary>Packs what the build of these tests has built.</summary>
    public (int ExitCode, string Output) Pack() => Dotnet.Run(
        Path.Combine(Checkout.Root, "src", "Laminar.Package"),
        "pack", "-c", Configuration, "--no-build", "-nologo", "-v", "q", "-nodeReuse:false", "-warnaserror", "-o", Path.Combine(Folder, "feed"), $"-p:PackageVersion={Version}");

    public (int ExitCode, string Output) Sdk(params string[] command) => Dotnet.Run(
        Folder, [.. command, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-nologo", "-v", "q", "-p:UseSharedCompilation=false", "-nodeReuse:false"]);

    /// <summary>Runs a program that was built or published; it gets a folder that nobody has used.</summary>
    public (int ExitCode, string Output) Start(params string[] pathOfProgram)
    {
        string program = Path.Combine([Folder, .. pathOfProgram]);
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? program + ".exe" : program, [Directory.CreateDirectory(Path.Combine(Folder, Guid.NewGuid().ToString("N"))).FullName])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
