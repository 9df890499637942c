/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C as a wish instead of an end: the first asks the training to stop, so that its best model
 * can be written; the second ends the process at once.
 *
 * <p>A shutdown hook would not do, because ONNX Runtime, which checks the model, is closed by one.
 * The class that hears signals belongs to a module that a JVM need not have, so it is called by
 * name; without it Ctrl-C ends the process as usual.
 */
final class Interruption implements AutoCloseable {

  private final AtomicBoolean requested = new AtomicBoolean();
  private Object previous;

  Interruption() {
    previous = handle(handler());
  }

  boolean isRequested() {
    return requested.get();
  }

  @SuppressForbidden("the second Ctrl-C means: now")
  private void signalled() {
    if (requested.getAndSet(true)) {
      Runtime.getRuntime().halt(130);
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
