// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C as a request instead of an end: the first asks the training to stop, so that its best
 * model can be written; the second ends the process at once.
 *
 * <p>A shutdown hook would not do, because ONNX Runtime, which checks the model, is closed by one.
 * The class that hears signals belongs to a module that a JVM need not have, so it is called by
 * name; without it Ctrl-C ends the process as usual.
 */
public final class Interruption implements AutoCloseable {

  /** The exit code of a command that was interrupted, as shells have it. */
  public static final int EXIT_CODE = 130;

  private final AtomicBoolean requested = new AtomicBoolean();
  private final PrintWriter err;
  private volatile SignalReply reply = new SignalReply("", false);
  private volatile Path temporary;
  private Object previous;

  /**
   * What the first Ctrl-C does.
   *
   * @param line what is told
   * @param ends whether the process ends immediately because there is nothing to save
   */
  private record SignalReply(String line, boolean ends) {}

  /** Handles Ctrl-C until closed; replies go to this writer. */
  public Interruption(PrintWriter err) {
    this.err = err;
    previous = handle(handler());
  }

  /** Whether Ctrl-C has come. */
  public boolean isRequested() {
    return requested.get();
  }

  /**
   * From now on the first Ctrl-C prints this line and ends the process: there is nothing to save.
   */
  void endsWith(String line) {
    reply = new SignalReply(line, true);
  }

  /** A file that must not outlive the process; null for none. */
  void deletes(Path file) {
    temporary = file;
  }

  /** From now on the first Ctrl-C prints this line and sets {@link #isRequested}. */
  void repliesWith(String line) {
    reply = new SignalReply(line, false);
  }

  @SuppressForbidden("the second Ctrl-C means: now")
  private void signalled() {
    boolean again = requested.getAndSet(true);
    SignalReply now = reply;
    if (again == false && now.line().isEmpty() == false) {
      err.println(System.lineSeparator() + now.line());
      err.flush();
    }
    if (again || now.ends()) {
      deleteTemporary();
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  private void deleteTemporary() {
    Path file = temporary;
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      err.println("file [" + file + "] cannot be deleted: " + e.getMessage());
      err.flush();
    }
  }

  private Object handler() {
    InvocationHandler handler =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "handle" -> {
                signalled();
                yield null;
              }
              case "hashCode" -> System.identityHashCode(proxy);
              case "equals" ->
                  System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
              default -> "interruption";
            };
    try {
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /** Sets a handler and returns the one before. */
  private static Object handle(Object handler) {
    if (handler == null) {
      return null;
    }
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      return signal
          .getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), handler);
    } catch (ReflectiveOperationException e) {
      return null; // a JVM without signals, or started with -Xrs
    }
  }

  @Override
  public void close() {
    handle(previous);
    previous = null;
  }
}
