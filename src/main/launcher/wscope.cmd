@echo off
rem Runs the jar next to this file: wscope.jar, or the file wscope, which contains it.
rem
rem   WSCOPE_JAVA        the java command to use
rem   JAVA_HOME, PATH    where to look otherwise, in this order, for Java 17 or later
rem   WSCOPE_JAVA_OPTS   extra JVM options, separated by spaces
setlocal

set "jar=%~dp0wscope.jar"
if not exist "%jar%" set "jar=%~dp0wscope"
if not exist "%jar%" (
  echo wscope: cannot find wscope.jar in %~dp0 1>&2
  exit /b 3
)

set "java=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
if defined WSCOPE_JAVA set "java=%WSCOPE_JAVA%"

"%java%" %WSCOPE_JAVA_OPTS% -jar "%jar%" %*
if %errorlevel% neq 9009 exit /b %errorlevel%
echo wscope: no Java found; install Java 17 or later, or set JAVA_HOME or WSCOPE_JAVA 1>&2
exit /b 3
