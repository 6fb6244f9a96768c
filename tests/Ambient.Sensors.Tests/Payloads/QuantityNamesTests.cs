using Ambient.Sensors.Payloads;

namespace Ambient.Sensors.Tests.Payloads;

/// <summary>Names as people and integrations give them: those that say what is measured in the room, and those that sound like it.</summary>
public sealed class QuantityNamesTests
{
    [Theory]
    [InlineData("living_room_temperature", Quantity.Temperature)]
    [InlineData("TempC_SHT", Quantity.Temperature)]
    [InlineData("bme280_temp", Quantity.Temperature)]
    [InlineData("thermostat_temperature", Quantity.Temperature)]
    [InlineData("first_floor_humidity", Quantity.Humidity)]
    [InlineData("relativeHumidity", Quantity.Humidity)]
    [InlineData("mh-z19_co2_value", Quantity.Co2)]
    [InlineData("Sensors/CO2", Quantity.Co2)]
    [InlineData("carbon_dioxide", Quantity.Co2)]
    [InlineData("bh1750_illuminance", Quantity.Illuminance)]
    [InlineData("tsl2561_ambient_light", Quantity.Illuminance)]
    [InlineData("Light Intensity", Quantity.Illuminance)]
    [InlineData("office_lux", Quantity.Illuminance)]
    [InlineData("noise_level", Quantity.Noise)]
    [InlineData("sound_pressure_level", Quantity.Noise)]
    [InlineData("laeq_1s", Quantity.Noise)]
    [InlineData("people_in_office", Quantity.People)]
    [InlineData("wohnzimmer_temperatur", Quantity.Temperature)]
    [InlineData("humedad_salon", Quantity.Humidity)]
    public void A_number_whose_name_leaves_no_doubt_is_read(string name, Quantity expected)
    {
        Assert.True(QuantityNames.TryFind(name, false, out Quantity quantity));
        Assert.Equal(expected, quantity);
    }

    [Theory]
    [InlineData("hall_pir", Quantity.Motion)]
    [InlineData("motion_detected", Quantity.Motion)]
    [InlineData("camera_motion", Quantity.Motion)]
    [InlineData("desk_presence", Quantity.Presence)]
    [InlineData("mmwave", Quantity.Presence)]
    [InlineData("presence-one-pir", Quantity.Motion)]
    [InlineData("room_occupied", Quantity.Occupancy)]
    [InlineData("zone_1_occupancy", Quantity.Occupancy)]
    [InlineData("front_door", Quantity.Contact)]
    [InlineData("window_contact", Quantity.Contact)]
    [InlineData("flur_bewegungsmelder", Quantity.Motion)]
    [InlineData("deur_hal", Quantity.Contact)]
    public void A_yes_or_no_whose_name_leaves_no_doubt_is_read(string name, Quantity expected)
    {
        Assert.True(QuantityNames.TryFind(name, true, out Quantity quantity));
        Assert.Equal(expected, quantity);
    }

    [Theory]
    [InlineData("openweathermap_temperature")]
    [InlineData("accuweather_realfeel_temperature")]
    [InlineData("meteo_humidity")]
    [InlineData("outdoor_humidity")]
    [InlineData("weather_station_illuminance")]
    [InlineData("garden_temperature")]
    [InlineData("cpu_temperature")]
    [InlineData("esp32_internal_temperature")]
    [InlineData("pixel_7_battery_temperature")]
    [InlineData("nas_temperature")]
    [InlineData("rack_temperature")]
    [InlineData("access_point_temperature")]
    [InlineData("raspberry_pi_temp")]
    [InlineData("heater_temperature")]
    [InlineData("hot_water_temperature")]
    [InlineData("fridge_temperature")]
    [InlineData("target_temperature")]
    [InlineData("temperature_offset")]
    [InlineData("temperature_out_of_range")]
    [InlineData("min_temperature_today")]
    [InlineData("dew_point_temperature")]
    [InlineData("soil_humidity")]
    [InlineData("plant_humidity")]
    [InlineData("absolute_humidity")]
    [InlineData("electricity_maps_co2_intensity")]
    [InlineData("car_co2_emissions")]
    [InlineData("eco2")]
    [InlineData("fritzbox_noise_margin")]
    [InlineData("noise_threshold")]
    [InlineData("solar_illuminance")]
    [InlineData("light_level")]
    [InlineData("ld2410_light")]
    [InlineData("mmwave_distance")]
    [InlineData("people_in")]
    [InlineData("people_today")]
    [InlineData("wifi_signal")]
    [InlineData("illuminance_threshold")]
    [InlineData("pir_timeout")]
    [InlineData("temperatur_aussen")]
    [InlineData("soll_temperatur")]
    public void A_number_that_is_about_something_else_is_not(string name) => Assert.False(QuantityNames.TryFind(name, false, out Quantity quantity), $"{quantity}");

    [Theory]
    [InlineData("driveway_motion")]
    [InlineData("porch_motion")]
    [InlineData("doorbell_motion")]
    [InlineData("fridge_door")]
    [InlineData("washing_machine_door")]
    [InlineData("garage_door")]
    [InlineData("front_door_lock")]
    [InlineData("mailbox_contact")]
    [InlineData("motion_sensitivity_high")]
    [InlineData("motion_alarm")]
    [InlineData("presence_enabled")]
    [InlineData("ld2410_still_target")]
    [InlineData("radar_moving")]
    [InlineData("door_battery_low")]
    [InlineData("window_tamper")]
    [InlineData("status_led")]
    public void A_yes_or_no_that_is_about_something_else_is_not(string name) => Assert.False(QuantityNames.TryFind(name, true, out Quantity quantity), $"{quantity}");
}
