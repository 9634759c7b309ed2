package wscope.connection.reply;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.connection.match.Value;

/** The values that the actions on one connection have set. */
public final class Memory {
  /** The most values that one connection can set. */
  static final int MOST_VALUES = 256;

  /** The length of the longest value and of the longest key, in bytes. */
  static final int LONGEST = 1 << 12;

  private record Place(String name, String key) {}

  private final Map<Place, Value> values = new HashMap<>(0);

  @Nullable Value find(String name, String key) {
    return values.get(new Place(name, key));
  }

  /** Sets a value; an empty one is forgotten. */
  void set(String name, String key, Value value) throws NotDone {
    Place place = new Place(name, key);
    if (value.length() == 0) {
      values.remove(place);
      return;
    }
    if (value.length() > LONGEST || key.length() > LONGEST) {
      throw new NotDone(name + " is longer than " + LONGEST + " bytes");
    }
    if (values.size() == MOST_VALUES && !values.containsKey(place)) {
      throw new NotDone(MOST_VALUES + " values are set already");
    }
    values.put(place, value);
  }
}
